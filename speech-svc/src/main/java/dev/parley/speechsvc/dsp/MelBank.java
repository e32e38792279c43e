package dev.parley.speechsvc.dsp;

/**
 * Triangular filters of equal area on the mel scale of Slaney's Auditory Toolbox (1998): linear to
 * 1000 Hz, logarithmic above.
 */
final class MelBank {

  private static final double KNEE_HZ = 1000;
  private static final double KNEE_MEL = 15;
  private static final double STEP = Math.log(6.4) / 27;

  private final float[][] weights;
  private final int[] first;

  /**
   * @param bins of the spectrum, 0 Hz to half the rate
   */
  MelBank(int bands, int bins, int rateHz) {
    weights = new float[bands][];
    first = new int[bands];
    double top = mel(rateHz / 2.0);
    for (int band = 0; band < bands; band++) {
      double low = hertz(top * band / (bands + 1));
      double peak = hertz(top * (band + 1) / (bands + 1));
      double high = hertz(top * (band + 2) / (bands + 1));
      fill(band, bins, rateHz / 2.0 / (bins - 1), low, peak, high);
    }
  }

  private void fill(int band, int bins, double step, double low, double peak, double high) {
    int from = (int) Math.ceil(low / step);
    int to = Math.min(bins - 1, (int) Math.floor(high / step));
    first[band] = from;
    weights[band] = new float[Math.max(0, to - from + 1)];
    for (int bin = from; bin <= to; bin++) {
      double hz = bin * step;
      double rising = (hz - low) / (peak - low);
      double falling = (high - hz) / (high - peak);
      double height = 2 / (high - low);
      weights[band][bin - from] = (float) (Math.max(0, Math.min(rising, falling)) * height);
    }
  }

  /** What one filter passes of a power spectrum. */
  double power(int band, double[] spectrum) {
    double sum = 0;
    for (int i = 0; i < weights[band].length; i++) {
      sum += weights[band][i] * spectrum[first[band] + i];
    }
    return sum;
  }

  private static double mel(double hz) {
    return hz < KNEE_HZ ? 3 * hz / 200 : KNEE_MEL + Math.log(hz / KNEE_HZ) / STEP;
  }

  private static double hertz(double mel) {
    return mel < KNEE_MEL ? 200 * mel / 3 : KNEE_HZ * Math.exp(STEP * (mel - KNEE_MEL));
  }
}
