package dev.parley.speechsvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.AudioPackets;
import dev.parley.speechsvc.dsp.PacketOpus;
import java.util.List;
import java.util.Set;

/** Opus packets by libopus through FFmpeg; each call runs on the pool given. */
public final class FfmpegOpus implements PacketOpus {

  private static final Set<Integer> RATES = Set.of(8000, 12_000, 16_000, 24_000, 48_000);

  private final NativePool calls;

  public FfmpegOpus(NativePool calls) {
    this.calls = calls;
    av_log_set_level(AV_LOG_QUIET);
  }

  @Override
  public AudioPackets encode(int rateHz) {
    if (!RATES.contains(rateHz)) {
      throw Failure.invalid(
          "audio.sample_rate_hz",
          rateHz + " (expected 8000, 12000, 16000, 24000 or 48000 for OPUS)");
    }
    var encoder = calls.make(() -> new OpusEncoder(rateHz), OpusEncoder::close);
    return new AudioPackets() {
      @Override
      public List<Packet> push(short[] samples) {
        return calls.call(() -> encoder.push(samples));
      }

      @Override
      public List<Packet> flush() {
        return calls.call(encoder::flush);
      }

      @Override
      public void close() {
        calls.release(encoder::close);
      }
    };
  }

  @Override
  public Reader decode(int rateHz) {
    var decoder = calls.make(() -> new OpusDecoder(rateHz), OpusDecoder::close);
    return new Reader() {
      @Override
      public short[] read(byte[] packet) {
        return calls.call(() -> decoder.read(packet));
      }

      @Override
      public void close() {
        calls.release(decoder::close);
      }
    };
  }
}
