package dev.parley.rendersvc.raster;

import java.util.List;

/**
 * Lays lashes and brows over the picture, by coverage of four samples a pixel and hidden by what
 * stands before them; mixed as the page's are, in the screen's own numbers.
 */
final class Overlay {
  /** Cards lie close to the skin: they win by this much. */
  private static final float LIFT_M = .0004f;

  private final Band band;
  private final List<Body> bodies;
  private final Ink ink;
  private final int stride;
  private Area area;
  private float middleX;
  private float middleY;

  Overlay(Band band, List<Body> bodies, Ink ink) {
    this.band = band;
    this.bodies = bodies;
    this.ink = ink;
    this.stride = band.width / 2;
  }

  /** Draws a list's triangles within an area of the band. */
  void draw(Bin bin, Area area, int[] rgb) {
    this.area = area;
    ink.begin(bin);
    for (int i = 0; i < bin.count; i++) {
      triangle(i, bodies.get(Bins.part(bin.entries[i])), Bins.triangle(bin.entries[i]), rgb);
    }
  }

  private void triangle(int id, Body body, int t, int[] rgb) {
    int[] indices = body.part.indices();
    float[] s = body.screen;
    int a = 3 * indices[3 * t];
    int b = 3 * indices[3 * t + 1];
    int c = 3 * indices[3 * t + 2];
    float bx = s[b] - s[a], by = s[b + 1] - s[a + 1];
    float cx = s[c] - s[a], cy = s[c + 1] - s[a + 1];
    float inverse = 1 / (cx * by - bx * cy);
    int x0 = bound(s[a] + Math.min(0, Math.min(bx, cx)), area.left(), area.right());
    int x1 = bound(s[a] + Math.max(0, Math.max(bx, cx)) + 2, area.left(), area.right());
    int y0 = bound(s[a + 1] + Math.min(0, Math.min(by, cy)), area.top(), area.bottom());
    int y1 = bound(s[a + 1] + Math.max(0, Math.max(by, cy)) + 2, area.top(), area.bottom());
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        int covered = covered(s, a, bx, by, cx, cy, inverse, x, y, s[b + 2], s[c + 2]);
        if (covered > 0) {
          pixel(id, x, y, covered, rgb);
        }
      }
    }
  }

  private static int bound(float sample, int from, int to) {
    return Math.clamp((int) Math.floor(sample / 2), from, to);
  }

  private int covered(
      float[] s,
      int a,
      float bx,
      float by,
      float cx,
      float cy,
      float inverse,
      int x,
      int y,
      float zb,
      float zc) {
    int count = 0;
    middleX = 0;
    middleY = 0;
    for (int i = 0; i < 4; i++) {
      int sx = 2 * x + (i & 1);
      int sy = 2 * y + (i >> 1);
      float px = sx + .5f - s[a];
      float py = sy + .5f - s[a + 1];
      float wb = (cx * py - px * cy) * inverse;
      float wc = (px * by - bx * py) * inverse;
      if (wb >= 0 && wc >= 0 && wb + wc < 1) {
        float z = s[a + 2] + wb * (zb - s[a + 2]) + wc * (zc - s[a + 2]) - LIFT_M;
        if (z < Sample.metres(band.seen[(sy - 2 * area.top()) * band.width + sx])) {
          count++;
          middleX += .5f * sx + .25f;
          middleY += .5f * sy + .25f;
        }
      }
    }
    return count;
  }

  private void pixel(int id, int x, int y, int covered, int[] rgb) {
    float px = middleX / covered;
    float py = middleY / covered;
    int argb = ink.texel(id, px, py);
    int alpha = (argb >>> 24) * covered;
    if (alpha > 0) {
      int over = ink.lit(id, px, py, argb);
      int at = y * stride + x;
      rgb[at] = mix(rgb[at], over, alpha);
    }
  }

  /** {@code alpha} from 0 to 1020. */
  private static int mix(int under, int over, int alpha) {
    int share = (alpha * 64 + 127) / 255;
    int even = (under & 0xff00ff) * (256 - share) + (over & 0xff00ff) * share;
    int odd = (under >> 8 & 255) * (256 - share) + (over >> 8 & 255) * share;
    return even >>> 8 & 0xff00ff | odd & 0xff00;
  }
}
