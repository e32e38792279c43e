package dev.parley.e2e;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How loud a turn is over time, from its samples alone.
 *
 * @param samples 24,000 Hz
 */
record Sound(short[] samples) {
  private static final int RATE_HZ = 24_000;
  private static final int HALF_WINDOW = 96; // 8 ms in all.

  static Sound of(byte[] pcm) {
    short[] samples = new short[pcm.length / 2];
    ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return new Sound(samples);
  }

  long endUs() {
    return samples.length * 1_000_000L / RATE_HZ;
  }

  /** Level over 8 ms around a time, in decibels below full scale. */
  double level(long us) {
    int middle = (int) (us * RATE_HZ / 1_000_000);
    int from = Math.clamp(middle - HALF_WINDOW, 0, samples.length);
    int to = Math.clamp(middle + HALF_WINDOW, 0, samples.length);
    double sum = 1;
    for (int i = from; i < to; i++) {
      sum += samples[i] * (double) samples[i];
    }
    return 10 * Math.log10(sum / Math.max(1, to - from) / (32768.0 * 32768.0));
  }

  /** The loudest level in a span. */
  double loudest(long fromUs, long toUs) {
    double most = -200;
    for (long us = fromUs; us < toUs; us += 1_000) {
      most = Math.max(most, level(us));
    }
    return most;
  }

  /** Where it is quietest in a span. */
  long quietest(long fromUs, long toUs) {
    long least = fromUs;
    for (long us = fromUs; us < toUs; us += 1_000) {
      least = level(us) < level(least) ? us : least;
    }
    return least;
  }

  /** Where sound first comes within 20 dB of the loudest of a span. */
  long onset(long fromUs, long toUs) {
    double most = loudest(fromUs, toUs);
    long us = fromUs;
    while (us < toUs && level(us) < most - 20) {
      us += 1_000;
    }
    return us;
  }
}
