package dev.parley.speechsvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.Pcm;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;

/** Decoded frames of any format and rate, mixed to mono at one rate. One thread. */
final class MonoSink implements AutoCloseable {

  private final int rateHz;
  private final int maxSamples;
  private short[] samples = new short[1 << 14];
  private int count;
  private SwrContext converter = new SwrContext(null);
  private int inRate;
  private int inFormat = -1;
  private int inChannels;

  MonoSink(int rateHz, int maxSamples) {
    this.rateHz = rateHz;
    this.maxSamples = maxSamples;
  }

  void accept(AVFrame frame) {
    if (frame.sample_rate() != inRate
        || frame.format() != inFormat
        || frame.ch_layout().nb_channels() != inChannels) {
      configure(frame);
    }
    convert(frame.extended_data(), frame.nb_samples());
  }

  private void configure(AVFrame frame) {
    close();
    inRate = frame.sample_rate();
    inFormat = frame.format();
    inChannels = frame.ch_layout().nb_channels();
    converter = new SwrContext(null);
    try (var mono = new AVChannelLayout()) {
      av_channel_layout_default(mono, 1);
      int rc =
          swr_alloc_set_opts2(
              converter,
              mono,
              AV_SAMPLE_FMT_S16,
              rateHz,
              frame.ch_layout(),
              inFormat,
              inRate,
              0,
              null);
      if (rc < 0 || swr_init(converter) < 0) {
        throw AudioReading.unreadable("sound of a form that cannot be mixed");
      }
    }
  }

  private void convert(PointerPointer<?> data, int length) {
    int room = swr_get_out_samples(converter, length);
    if (room <= 0) {
      return;
    }
    try (var out = new ShortPointer(room);
        var planes = new PointerPointer<BytePointer>(1)) {
      planes.put(0, out);
      int made = swr_convert(converter, planes, room, data, length);
      if (made > 0) {
        reserve(made);
        out.get(samples, count, made);
        count += made;
      }
    }
  }

  private void reserve(int more) {
    if (count + more > maxSamples) {
      throw Failure.of(
          Failure.Code.INVALID_ARGUMENT,
          "TOO_LARGE",
          "audio: longer than " + maxSamples / rateHz + " s (expected less)");
    }
    if (count + more > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(count + more, samples.length * 2));
    }
  }

  /** Everything decoded; nothing at all is a failure. */
  Pcm finish() {
    if (count == 0) {
      throw AudioReading.unreadable("no sound in it");
    }
    return new Pcm(Arrays.copyOf(samples, count), rateHz);
  }

  /** Takes the converter's rest and frees it. */
  @Override
  public void close() {
    if (!converter.isNull()) {
      convert(new PointerPointer<>((org.bytedeco.javacpp.Pointer) null), 0);
      swr_free(converter);
      converter = new SwrContext(null);
    }
  }
}
