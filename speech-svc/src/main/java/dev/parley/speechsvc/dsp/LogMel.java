package dev.parley.speechsvc.dsp;

import java.util.Arrays;

/**
 * The front end of Whisper (Radford et al. 2022) as Smart Turn uses it: the last {@value #SAMPLES}
 * samples at 16 kHz, silence before them where there are fewer, brought to mean 0 and variance 1;
 * power spectra of 400 samples under a Hann window every 160, mirrored at both ends; {@value
 * #BANDS} mel bands; decimal logarithm, no lower than 8 under the highest, (x + 4) / 4. One thread.
 */
public final class LogMel {

  public static final int SAMPLES = 128_000;
  public static final int BANDS = 80;
  public static final int FRAMES = 800;
  private static final int WINDOW = 400;
  private static final int HOP = 160;
  private static final double FLOOR = 1e-10;

  private final Fourier fourier = new Fourier(WINDOW);
  private final MelBank bank = new MelBank(BANDS, WINDOW / 2 + 1, 16_000);
  private final double[] hann = new double[WINDOW];
  private final double[] re = new double[WINDOW];
  private final double[] im = new double[WINDOW];
  private final double[] spectrum = new double[WINDOW / 2 + 1];

  public LogMel() {
    for (int i = 0; i < WINDOW; i++) {
      hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
    }
  }

  /** Row by row: {@value #FRAMES} numbers of the first band, then of the second. */
  public float[] of(short[] audio) {
    var wave = normal(audio);
    var all = new float[BANDS * FRAMES];
    for (int frame = 0; frame < FRAMES; frame += 2) {
      // Two real frames in one complex transform.
      for (int i = 0; i < WINDOW; i++) {
        re[i] = hann[i] * mirrored(wave, frame * HOP + i - WINDOW / 2);
        im[i] = hann[i] * mirrored(wave, (frame + 1) * HOP + i - WINDOW / 2);
      }
      fourier.transform(re, im);
      put(all, frame, 1);
      put(all, frame + 1, -1);
    }
    return scaled(all);
  }

  private void put(float[] all, int frame, int sign) {
    for (int k = 0; k < spectrum.length; k++) {
      int mirror = (WINDOW - k) % WINDOW;
      double x = (re[k] + sign * re[mirror]) / 2;
      double y = (im[k] - sign * im[mirror]) / 2;
      spectrum[k] = x * x + y * y;
    }
    for (int band = 0; band < BANDS; band++) {
      double power = Math.max(FLOOR, bank.power(band, spectrum));
      all[band * FRAMES + frame] = (float) Math.log10(power);
    }
  }

  private static double[] normal(short[] audio) {
    var wave = new double[SAMPLES];
    int count = Math.min(SAMPLES, audio.length);
    for (int i = 0; i < count; i++) {
      wave[SAMPLES - count + i] = audio[audio.length - count + i] / 32768.0;
    }
    double mean = Arrays.stream(wave).average().orElse(0);
    double variance = Arrays.stream(wave).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    double scale = Math.sqrt(variance + 1e-7);
    for (int i = 0; i < SAMPLES; i++) {
      wave[i] = (wave[i] - mean) / scale;
    }
    return wave;
  }

  private static double mirrored(double[] wave, int at) {
    int inside = at < 0 ? -at : at;
    return wave[inside < SAMPLES ? inside : 2 * (SAMPLES - 1) - inside];
  }

  private static float[] scaled(float[] all) {
    float most = Float.NEGATIVE_INFINITY;
    for (float x : all) {
      most = Math.max(most, x);
    }
    for (int i = 0; i < all.length; i++) {
      all[i] = (Math.max(all[i], most - 8) + 4) / 4;
    }
    return all;
  }
}
