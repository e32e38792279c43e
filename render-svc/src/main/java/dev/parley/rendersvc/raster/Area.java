package dev.parley.rendersvc.raster;

import java.util.List;

/** A rectangle of pixels; right and bottom are outside it. */
final class Area {
  final int left;
  final int top;
  final int right;
  final int bottom;

  Area(int left, int top, int right, int bottom) {
    this.left = left;
    this.top = top;
    this.right = Math.max(left, right);
    this.bottom = Math.max(top, bottom);
  }

  int width() {
    return right - left;
  }

  /** What the bodies cover of a picture, by their projected vertices (two samples a pixel). */
  static Area of(List<Body> bodies, int width, int height) {
    float left = width, top = height, right = 0, bottom = 0;
    for (Body body : bodies) {
      float[] s = body.screen;
      for (int at = 0; at < s.length; at += 3) {
        left = Math.min(left, s[at]);
        right = Math.max(right, s[at]);
        top = Math.min(top, s[at + 1]);
        bottom = Math.max(bottom, s[at + 1]);
      }
    }
    return new Area(
        Math.clamp((int) (left / 2) - 1, 0, width),
        Math.clamp((int) (top / 2) - 1, 0, height),
        Math.clamp((int) (right / 2) + 2, 0, width),
        Math.clamp((int) (bottom / 2) + 2, 0, height));
  }
}
