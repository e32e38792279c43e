package dev.parley.speechsvc.dsp;

/** Loudness of samples and changing it. */
public final class Levels {

  private static final double KNEE = 0.5;
  private static final double CEILING = 0.97;

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

  /**
   * Multiplies in place. Below half of full scale exactly; above it the curve bends (a hyperbolic
   * tangent, with the same slope at the knee) towards {@value #CEILING} of full scale, so nothing
   * clips and no peak changes the loudness of what is around it.
   */
  public static void amplify(short[] samples, double factor) {
    if (factor == 1) {
      return;
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(32768 * bent(samples[i] * factor / 32768));
    }
  }

  private static double bent(double x) {
    double size = Math.abs(x);
    if (size <= KNEE) {
      return x;
    }
    double room = CEILING - KNEE;
    return Math.copySign(KNEE + room * Math.tanh((size - KNEE) / room), x);
  }
}
