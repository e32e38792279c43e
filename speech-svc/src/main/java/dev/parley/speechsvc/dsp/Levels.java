package dev.parley.speechsvc.dsp;

/** Loudness of samples and changing it. */
public final class Levels {

  private Levels() {}

  /** Root mean square of {@code samples[from, to)}, 0 for none. */
  public static double rms(short[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return to > from ? Math.sqrt(sum / (to - from)) : 0;
  }

  /** Decibels below full scale of an RMS value; -100 for silence. */
  public static double dbfs(double rms) {
    return rms < 0.33 ? -100 : 20 * Math.log10(rms / 32768);
  }

  /** Multiplies in place; where the peak would clip, the factor is lowered to just below. */
  public static void amplify(short[] samples, double factor) {
    int peak = 1;
    for (short s : samples) {
      peak = Math.max(peak, Math.abs(s));
    }
    double held = Math.min(factor, 32_000.0 / peak);
    if (held != 1 && (factor != 1)) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (short) Math.round(samples[i] * held);
      }
    }
  }
}
