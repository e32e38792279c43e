package dev.parley.rendersvc.raster;

/** A plain wall, a little lighter behind the head. Values survive tone mapping unchanged. */
final class Backdrop {
  private Backdrop() {}

  static float[] paint(Shot shot) {
    float[] colour = new float[3 * shot.width() * shot.height()];
    float[] wall = new float[3];
    for (int k = 0; k < 3; k++) {
      wall[k] = Tone.linear(shot.background() >> (16 - 8 * k) & 255);
    }
    for (int y = 0, at = 0; y < shot.height(); y++) {
      for (int x = 0; x < shot.width(); x++) {
        float dx = (x + .5f) / shot.width() - .5f;
        float dy = (y + .5f) / shot.height() - .42f;
        float glow = 1.22f - .62f * Math.min(1, dx * dx * 1.9f + dy * dy * 1.5f);
        for (int k = 0; k < 3; k++) {
          colour[at++] = wall[k] * glow + .04f;
        }
      }
    }
    return colour;
  }
}
