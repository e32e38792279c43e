package dev.parley.rendersvc.face;

/**
 * How loud the voice is against its own usual level, 0 to 1 per 10 ms, from the samples themselves.
 * Where no samples were given it is 1, so that a face without audio articulates fully.
 */
final class LoudnessTrack {
  private static final int WINDOW_US = 10_000;

  private float[] levels = new float[512];
  private int count;
  private float usual = .05f;
  private double energy;
  private int gathered;

  /** Takes mono samples of -1 to 1 that follow the ones before. */
  void add(float[] samples, int sampleRateHz) {
    int window = sampleRateHz * 10 / 1000;
    for (float sample : samples) {
      energy += sample * sample;
      if (++gathered == window) {
        close(window);
      }
    }
  }

  private void close(int window) {
    float rms = (float) Math.sqrt(energy / window);
    if (rms > .005f) {
      usual += (rms - usual) * (rms > usual ? .05f : .01f);
    }
    if (count == levels.length) {
      levels = java.util.Arrays.copyOf(levels, count * 2);
    }
    levels[count++] = Curve.clamp01(rms / (1.4f * usual));
    energy = 0;
    gathered = 0;
  }

  float at(long t) {
    int at = (int) (t / WINDOW_US);
    if (at >= count) {
      return 1;
    }
    float sum = 0;
    int from = Math.max(0, at - 4);
    int to = Math.min(count - 1, at + 4);
    for (int i = from; i <= to; i++) {
      sum += levels[i];
    }
    return sum / (to - from + 1);
  }
}
