package dev.parley.speechsvc.dsp;

/**
 * Discrete Fourier transform of a length with factors of two: halved (Cooley and Tukey, 1965) while
 * even, then summed directly. One thread.
 */
final class Fourier {

  private final int length;
  private final double[] cos;
  private final double[] sin;
  private final double[] re;
  private final double[] im;

  Fourier(int length) {
    this.length = length;
    cos = new double[length];
    sin = new double[length];
    re = new double[length];
    im = new double[length];
    for (int i = 0; i < length; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / length);
      sin[i] = -Math.sin(2 * Math.PI * i / length);
    }
  }

  /** Transforms in place. */
  void transform(double[] real, double[] imaginary) {
    transform(real, imaginary, 0, length, 1, re, im);
  }

  /**
   * {@code n} numbers from {@code from} on, one step of a root being {@code stride} of the table.
   */
  private void transform(
      double[] x, double[] y, int from, int n, int stride, double[] a, double[] b) {
    if (n % 2 != 0) {
      direct(x, y, from, n, stride, a, b);
      return;
    }
    int half = n / 2;
    for (int i = 0; i < half; i++) {
      a[from + i] = x[from + 2 * i];
      b[from + i] = y[from + 2 * i];
      a[from + half + i] = x[from + 2 * i + 1];
      b[from + half + i] = y[from + 2 * i + 1];
    }
    transform(a, b, from, half, stride * 2, x, y);
    transform(a, b, from + half, half, stride * 2, x, y);
    for (int i = 0; i < half; i++) {
      double c = cos[i * stride];
      double s = sin[i * stride];
      double oddRe = a[from + half + i] * c - b[from + half + i] * s;
      double oddIm = a[from + half + i] * s + b[from + half + i] * c;
      x[from + i] = a[from + i] + oddRe;
      y[from + i] = b[from + i] + oddIm;
      x[from + half + i] = a[from + i] - oddRe;
      y[from + half + i] = b[from + i] - oddIm;
    }
  }

  private void direct(double[] x, double[] y, int from, int n, int stride, double[] a, double[] b) {
    for (int k = 0; k < n; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int i = 0; i < n; i++) {
        int root = i * k % n * stride;
        sumRe += x[from + i] * cos[root] - y[from + i] * sin[root];
        sumIm += x[from + i] * sin[root] + y[from + i] * cos[root];
      }
      a[from + k] = sumRe;
      b[from + k] = sumIm;
    }
    System.arraycopy(a, from, x, from, n);
    System.arraycopy(b, from, y, from, n);
  }
}
