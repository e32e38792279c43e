package dev.parley.speechsvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.Resampler;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.ShortPointer;

/** Encodes sound into one file in memory. One platform thread. */
final class AudioWriting {

  private static final int MP3_FRAME = 1152;

  private final String muxer;
  private final String encoder;
  private final int bitRate;

  AudioWriting(String muxer, String encoder, int bitRate) {
    this.muxer = muxer;
    this.encoder = encoder;
    this.bitRate = bitRate;
  }

  byte[] write(Pcm audio) {
    var sound = Resampler.convert(audio, supported(audio.rateHz()));
    var format = new AVFormatContext(null);
    check(avformat_alloc_output_context2(format, null, muxer, null), "container");
    var codec = opened(sound.rateHz());
    var io = new AVIOContext(null);
    check(avio_open_dyn_buf(io), "memory");
    format.pb(io);
    boolean taken = false;
    try {
      var stream = avformat_new_stream(format, null);
      avcodec_parameters_from_context(stream.codecpar(), codec);
      stream.time_base().num(1).den(sound.rateHz());
      check(avformat_write_header(format, (AVDictionary) null), "header");
      encode(sound, format, stream, codec);
      check(av_write_trailer(format), "trailer");
      taken = true;
      return bytes(io);
    } finally {
      if (!taken) {
        bytes(io);
      }
      avcodec_free_context(codec);
      avformat_free_context(format);
    }
  }

  /** The nearest rate at or above that both Opus and MP3 know. */
  private static int supported(int rateHz) {
    for (int rate : new int[] {8000, 12_000, 16_000, 24_000}) {
      if (rateHz <= rate) {
        return rate;
      }
    }
    return 48_000;
  }

  private AVCodecContext opened(int rateHz) {
    var found = avcodec_find_encoder_by_name(encoder);
    if (found == null || found.isNull()) {
      throw failed("this build of FFmpeg has no " + encoder);
    }
    var codec = avcodec_alloc_context3(found);
    codec.sample_rate(rateHz);
    codec.bit_rate(bitRate);
    codec.sample_fmt(encoder.equals("libmp3lame") ? AV_SAMPLE_FMT_S16P : AV_SAMPLE_FMT_S16);
    av_channel_layout_default(codec.ch_layout(), 1);
    codec.flags(codec.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    check(avcodec_open2(codec, found, (AVDictionary) null), encoder);
    return codec;
  }

  private void encode(Pcm sound, AVFormatContext format, AVStream stream, AVCodecContext codec) {
    int size = codec.frame_size() > 0 ? codec.frame_size() : MP3_FRAME;
    var frame = av_frame_alloc();
    var packet = av_packet_alloc();
    try {
      for (int at = 0; at < sound.samples().length; at += size) {
        int count = Math.min(size, sound.samples().length - at);
        fill(frame, codec, sound.samples(), at, count);
        check(avcodec_send_frame(codec, frame), "encoder");
        av_frame_unref(frame);
        drain(format, stream, codec, packet);
      }
      check(avcodec_send_frame(codec, (AVFrame) null), "encoder");
      drain(format, stream, codec, packet);
    } finally {
      av_frame_free(frame);
      av_packet_free(packet);
    }
  }

  private static void fill(AVFrame frame, AVCodecContext codec, short[] all, int at, int count) {
    frame.nb_samples(count);
    frame.format(codec.sample_fmt());
    frame.sample_rate(codec.sample_rate());
    frame.pts(at);
    av_channel_layout_default(frame.ch_layout(), 1);
    check(av_frame_get_buffer(frame, 0), "frame");
    new ShortPointer(frame.data(0)).put(all, at, count);
  }

  private static void drain(
      AVFormatContext format, AVStream stream, AVCodecContext codec, AVPacket packet) {
    while (avcodec_receive_packet(codec, packet) >= 0) {
      packet.stream_index(0);
      av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
      check(av_interleaved_write_frame(format, packet), "packet");
    }
  }

  private static byte[] bytes(AVIOContext io) {
    var buffer = new BytePointer((org.bytedeco.javacpp.Pointer) null);
    int size = avio_close_dyn_buf(io, buffer);
    var bytes = new byte[size];
    buffer.get(bytes);
    av_free(buffer);
    return bytes;
  }

  private static void check(int rc, String what) {
    if (rc < 0) {
      throw failed(what + ": " + rc);
    }
  }

  private static Failure failed(String what) {
    return Failure.of(Failure.Code.INTERNAL, "SPEECH_FAILED", "the file was not written: " + what);
  }
}
