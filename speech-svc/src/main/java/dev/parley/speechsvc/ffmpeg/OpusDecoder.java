package dev.parley.speechsvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.Resampler;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Opus packets to samples. Thread-safe: whoever closes it waits for a call that runs, which goes on
 * when its caller was interrupted.
 */
final class OpusDecoder {

  private static final int OPUS_HZ = 48_000;

  /** A packet holds 120 ms at most (RFC 6716); more is none. */
  private static final int MOST_BYTES = 6 * 1275 + 16;

  private final AVCodecContext codec;
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private final Resampler resampler;
  private boolean closed;

  OpusDecoder(int rateHz) {
    var found = avcodec_find_decoder_by_name("libopus");
    codec = avcodec_alloc_context3(found);
    codec.sample_rate(OPUS_HZ);
    codec.request_sample_fmt(AV_SAMPLE_FMT_S16);
    av_channel_layout_default(codec.ch_layout(), 1);
    resampler = new Resampler(OPUS_HZ, rateHz);
    if (avcodec_open2(codec, found, (AVDictionary) null) < 0) {
      close();
      throw Failure.of(
          Failure.Code.INTERNAL, "RECOGNITION_FAILED", "the Opus decoder cannot be opened");
    }
  }

  synchronized short[] read(byte[] bytes) {
    if (closed) {
      return new short[0];
    }
    if (bytes.length == 0 || bytes.length > MOST_BYTES) {
      throw unreadable(bytes.length + " bytes");
    }
    if (av_new_packet(packet, bytes.length) < 0) {
      throw new OutOfMemoryError("an Opus packet");
    }
    packet.data().put(bytes, 0, bytes.length);
    int sent = avcodec_send_packet(codec, packet);
    av_packet_unref(packet);
    if (sent < 0) {
      throw unreadable(bytes.length + " bytes that do not decode");
    }
    var samples = new short[0];
    while (avcodec_receive_frame(codec, frame) >= 0) {
      int at = samples.length;
      samples = Arrays.copyOf(samples, at + frame.nb_samples());
      new ShortPointer(frame.data(0)).get(samples, at, frame.nb_samples());
    }
    return resampler.push(samples);
  }

  private static Failure unreadable(String what) {
    return Failure.of(
        Failure.Code.INVALID_ARGUMENT,
        "AUDIO_UNREADABLE",
        "audio: " + what + " (expected one Opus packet)");
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      av_frame_free(frame);
      av_packet_free(packet);
      avcodec_free_context(codec);
    }
  }
}
