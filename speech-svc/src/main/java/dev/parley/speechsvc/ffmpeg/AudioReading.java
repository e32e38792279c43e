package dev.parley.speechsvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.Pcm;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

/** Decodes the first sound track of one file. One platform thread. */
final class AudioReading {

  private static final Set<Integer> CODECS =
      Set.of(
          AV_CODEC_ID_OPUS,
          AV_CODEC_ID_VORBIS,
          AV_CODEC_ID_MP3,
          AV_CODEC_ID_FLAC,
          AV_CODEC_ID_AAC,
          AV_CODEC_ID_ALAC,
          AV_CODEC_ID_PCM_S16LE,
          AV_CODEC_ID_PCM_S16BE,
          AV_CODEC_ID_PCM_S24LE,
          AV_CODEC_ID_PCM_S32LE,
          AV_CODEC_ID_PCM_U8,
          AV_CODEC_ID_PCM_F32LE,
          AV_CODEC_ID_PCM_F64LE,
          AV_CODEC_ID_PCM_ALAW,
          AV_CODEC_ID_PCM_MULAW);

  private final MonoSink sink;

  AudioReading(int rateHz, int maxSamples) {
    sink = new MonoSink(rateHz, maxSamples);
  }

  Pcm read(byte[] file) {
    var container = Container.of(file).orElseThrow(() -> unreadable("no container we know"));
    try (var input = new MemoryInput(file, container)) {
      if (!input.open()) {
        throw unreadable(container + " without a readable header");
      }
      track(input.format());
    }
    return sink.finish();
  }

  private void track(AVFormatContext format) {
    avformat_find_stream_info(format, (PointerPointer<?>) null);
    for (int i = 0; i < format.nb_streams(); i++) {
      var parameters = format.streams(i).codecpar();
      if (parameters.codec_type() == AVMEDIA_TYPE_AUDIO) {
        if (!CODECS.contains(parameters.codec_id())) {
          throw unreadable("a codec that is not accepted");
        }
        var codec = avcodec_find_decoder(parameters.codec_id());
        var decoder = avcodec_alloc_context3(codec);
        try {
          avcodec_parameters_to_context(decoder, parameters);
          if (avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
            throw unreadable("a sound track that cannot be decoded");
          }
          decode(format, i, decoder);
        } finally {
          avcodec_free_context(decoder);
        }
        return;
      }
    }
    throw unreadable("no sound track");
  }

  private void decode(AVFormatContext format, int stream, AVCodecContext decoder) {
    var packet = av_packet_alloc();
    var frame = av_frame_alloc();
    try {
      while (av_read_frame(format, packet) >= 0) {
        if (packet.stream_index() == stream && avcodec_send_packet(decoder, packet) >= 0) {
          drain(decoder, frame);
        }
        av_packet_unref(packet);
      }
      avcodec_send_packet(decoder, (AVPacket) null);
      drain(decoder, frame);
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
      sink.close();
    }
  }

  private void drain(AVCodecContext decoder, AVFrame frame) {
    while (avcodec_receive_frame(decoder, frame) >= 0) {
      sink.accept(frame);
    }
  }

  static Failure unreadable(String found) {
    return Failure.of(
        Failure.Code.INVALID_ARGUMENT,
        "AUDIO_UNREADABLE",
        "audio: " + found + " (expected WebM, WAV, MP3, FLAC, Ogg or M4A)");
  }
}
