package dev.parley.rendersvc.raster;

/**
 * What is seen at one of a pixel's four samples, as one number: the distance in steps of 11
 * micrometres, then the triangle's place in the band's list; the least one is seen.
 */
final class Sample {
  /** No surface. */
  static final int NOTHING = Integer.MAX_VALUE;

  static final int ID_BITS = 15;
  static final int ID = (1 << ID_BITS) - 1;

  /** In place of a triangle: something that was drawn once and stands in the picture. */
  static final int STILL = ID - 1;

  static final float NEAR_M = .8f;

  /** Steps a metre. */
  static final float STEPS = (1 << 16) / .7f;

  private static final int ROUNDING = 4;

  private Sample() {}

  /** Samples that are this many metres apart differ by so much. */
  static int apart(float metres) {
    return (int) (metres * STEPS) << ID_BITS;
  }

  static float metres(int sample) {
    return NEAR_M + (sample >> ID_BITS) / STEPS;
  }

  static int id(int sample) {
    return sample & ID;
  }

  /** The same distance, as something that stands in the picture. */
  static int still(int sample) {
    return sample == NOTHING ? NOTHING : sample & ~ID | STILL;
  }

  /** A sample that comes before all of what is farther than a distance. */
  static int before(float metres) {
    return Math.max(0, (int) ((metres - NEAR_M) * STEPS) - ROUNDING) << ID_BITS;
  }

  /** The first sample whose middle is not left of {@code x}. */
  static int first(float x) {
    return (int) (x + 4095.5f) - 4095;
  }
}
