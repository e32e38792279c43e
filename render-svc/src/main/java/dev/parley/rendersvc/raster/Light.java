package dev.parley.rendersvc.raster;

/**
 * A directional light: unit direction towards it, linear colour times intensity.
 *
 * @param rim whether it stands behind the head, and so must not reach the mouth's inside
 */
record Light(float x, float y, float z, float r, float g, float b, boolean rim) {
  private static final float OVER_PI = (float) (1 / Math.PI);

  /** The lights the browser's picture has, in the same places (metres from the face's center). */
  static final Light[] STUDIO = {
    of(-.7, .9, 1.4, 0xfff1e2, 2.1, false),
    of(1.4, .2, 1.2, 0xdfe9ff, .9, false),
    of(.9, .9, -1.3, 0xffffff, 1.5, true),
    of(-1.2, .5, -1.2, 0xcfe0ff, .8, true)
  };

  private static Light of(double x, double y, double z, int rgb, double power, boolean rim) {
    double length = Math.sqrt(x * x + y * y + z * z);
    float scale = (float) power * OVER_PI;
    return new Light(
        (float) (x / length),
        (float) (y / length),
        (float) (z / length),
        Tone.linear(rgb >> 16 & 255) * scale,
        Tone.linear(rgb >> 8 & 255) * scale,
        Tone.linear(rgb & 255) * scale,
        rim);
  }
}
