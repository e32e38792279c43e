package dev.parley.speechsvc.dsp;

import java.util.Arrays;

/**
 * Changes the rate of a stream of samples by a Kaiser-windowed sinc, polyphase, with the cutoff at
 * 0.46 of the lower rate (after J. O. Smith, Digital Audio Resampling). Ratios of up to {@value
 * #MAX_PHASES} phases are exact, others take the nearest of as many. The stream keeps its timing:
 * sample n of the output is the instant n / outRate of the input. Not safe for many threads.
 */
public final class Resampler {

  private static final int MAX_PHASES = 1024;
  private static final int ZEROS = 20;
  private static final double BETA = 9;
  private static final double CUTOFF = 0.46;

  private final int in;
  private final int out;
  private final int half;
  private final int phases;
  private final float[][] taps;
  private float[] window;
  private int filled;
  private long windowStart;
  private long produced;
  private long consumed;

  /** From {@code inHz} to {@code outHz}, each 1000 to 192000. */
  public Resampler(int inHz, int outHz) {
    if (inHz < 1000 || inHz > 192_000 || outHz < 1000 || outHz > 192_000) {
      throw new IllegalArgumentException(
          "rates: " + inHz + " to " + outHz + " (expected 1000 to 192000)");
    }
    int gcd = gcd(inHz, outHz);
    in = inHz / gcd;
    out = outHz / gcd;
    phases = Math.min(out, MAX_PHASES);
    double scale = Math.min(1.0, (double) out / in);
    half = (int) Math.ceil(ZEROS / scale);
    taps = in == out ? new float[0][] : table(scale);
    window = new float[half];
    filled = half;
    windowStart = -half;
  }

  /** The whole of {@code pcm} at another rate. */
  public static Pcm convert(Pcm pcm, int outHz) {
    if (pcm.rateHz() == outHz) {
      return pcm;
    }
    var resampler = new Resampler(pcm.rateHz(), outHz);
    var head = resampler.push(pcm.samples());
    var tail = resampler.flush();
    var all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return new Pcm(all, outHz);
  }

  /** Takes the next samples and gives those that are settled. */
  public short[] push(short[] samples) {
    consumed += samples.length;
    if (in == out) {
      return samples;
    }
    append(samples, samples.length);
    return drain(Long.MAX_VALUE);
  }

  /** Gives what is left; the stream is over. */
  public short[] flush() {
    if (in == out) {
      return new short[0];
    }
    append(new short[half + 1], half + 1);
    return drain(consumed * out / in);
  }

  private void append(short[] samples, int count) {
    if (filled + count > window.length) {
      window = Arrays.copyOf(window, filled + count);
    }
    for (int i = 0; i < count; i++) {
      window[filled + i] = samples[i];
    }
    filled += count;
  }

  private short[] drain(long limit) {
    long end = windowStart + filled;
    // Output n needs input up to floor(n * in / out) + half.
    long ready = Math.min(limit, ((end - half) * out + in - 1) / in);
    int count = (int) Math.max(0, ready - produced);
    var result = new short[count];
    for (int i = 0; i < count; i++) {
      result[i] = at(produced + i);
    }
    produced += count;
    discard();
    return result;
  }

  private short at(long n) {
    long position = n * in;
    int phase = (int) (position % out * phases / out);
    int from = (int) (position / out - half + 1 - windowStart);
    var kernel = taps[phase];
    float sum = 0;
    for (int k = 0; k < kernel.length; k++) {
      sum += kernel[k] * window[from + k];
    }
    return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  private void discard() {
    int drop = (int) (produced * in / out - half + 1 - windowStart);
    if (drop > 0) {
      filled -= drop;
      System.arraycopy(window, drop, window, 0, filled);
      windowStart += drop;
    }
  }

  private float[][] table(double scale) {
    var table = new float[phases][2 * half];
    for (int p = 0; p < phases; p++) {
      double fraction = (double) p / phases;
      double sum = 0;
      for (int k = 0; k < 2 * half; k++) {
        double x = k - half + 1 - fraction;
        double value = sinc(2 * CUTOFF * scale * x) * kaiser(x / half);
        table[p][k] = (float) value;
        sum += value;
      }
      for (int k = 0; k < 2 * half; k++) {
        table[p][k] /= (float) sum;
      }
    }
    return table;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }

  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-12; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
