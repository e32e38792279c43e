package dev.parley.rendersvc.face;

/** Small shapes of motion over time. */
final class Curve {
  private Curve() {}

  static float clamp01(float x) {
    return x < 0 ? 0 : Math.min(x, 1);
  }

  /** 0 at a, 1 at b, smooth at both. */
  static float smooth(float a, float b, float x) {
    float t = clamp01((x - a) / (b - a));
    return t * t * (3 - 2 * t);
  }

  static float mix(float a, float b, float t) {
    return a + (b - a) * t;
  }

  /** Rises from 0 at {@code start - riseUs} to 1 at start, stays to end, falls over fallUs. */
  static float plateau(long t, long start, long end, long riseUs, long fallUs) {
    if (t < start) {
      return smooth(0, riseUs, t - (start - riseUs));
    }
    return t <= end ? 1 : 1 - smooth(0, fallUs, t - end);
  }
}
