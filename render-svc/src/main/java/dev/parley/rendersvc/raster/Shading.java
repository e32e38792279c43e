package dev.parley.rendersvc.raster;

import java.util.List;

/**
 * Colour from visibility, once a pixel and surface. Surfaces that share a pixel are mixed as the
 * page's are: after tone mapping, in the screen's own numbers.
 */
final class Shading {
  /** Samples of one part this far apart belong to different surfaces: nose and cheek. */
  private static final int APART = Band.steps(.008f);

  private static final int TAKEN = -1;

  private final Band band;
  private final List<Body> bodies;
  private final Ink ink;
  private final int[] four = new int[4];
  private float middleX;
  private float middleY;

  Shading(Band band, List<Body> bodies, Ink ink) {
    this.band = band;
    this.bodies = bodies;
    this.ink = ink;
  }

  /** Shades what was drawn in the band, over what stands in the picture. */
  void resolve(int top, int bottom, Area area, int[] rgb, int stride) {
    int[] seen = band.seen;
    int wide = band.width;
    for (int y = top; y < bottom; y++) {
      int at = 2 * (y - top) * wide + 2 * area.left;
      for (int x = area.left; x < area.right; x++, at += 2) {
        int a = seen[at];
        int b = seen[at + 1];
        int c = seen[at + wide];
        int d = seen[at + wide + 1];
        int i = y * stride + x;
        if (same(a, b, c, d)) {
          if (drawn(a)) {
            rgb[i] = shade(a, x + .5f, y + .5f);
          }
        } else if (drawn(a) || drawn(b) || drawn(c) || drawn(d)) {
          rgb[i] = mixed(a, b, c, d, x, y, rgb[i]);
        }
      }
    }
  }

  private static boolean drawn(int sample) {
    return Band.id(sample) < Band.STILL;
  }

  private static boolean same(int a, int b, int c, int d) {
    return Band.id((a ^ b) | (a ^ c) | (a ^ d)) == 0;
  }

  private int shade(int sample, float x, float y) {
    int entry = band.entry(sample);
    Body body = bodies.get(Bins.part(entry));
    return ink.at(Band.id(sample), body, Bins.triangle(entry), x, y);
  }

  /** Whether one surface fills a pixel with several triangles. */
  private boolean together(int a, int b, int c, int d) {
    if (!drawn(a) || !drawn(b) || !drawn(c) || !drawn(d)) {
      return false;
    }
    int part = Bins.part(band.entry(a));
    return together(a, part, b) && together(a, part, c) && together(a, part, d);
  }

  /** One shading for all: of a triangle that has two samples where there is one, in its middle. */
  private int joined(int a, int b, int c, int d, float x, float y) {
    if (Band.id(a) == Band.id(d)) {
      return shade(a, x + .5f, y + .5f);
    }
    if (Band.id(b) == Band.id(c)) {
      return shade(b, x + .5f, y + .5f);
    }
    if (Band.id(a) == Band.id(b)) {
      return shade(a, x + .5f, y + .25f);
    }
    if (Band.id(c) == Band.id(d)) {
      return shade(c, x + .5f, y + .75f);
    }
    if (Band.id(b) == Band.id(d)) {
      return shade(b, x + .75f, y + .5f);
    }
    boolean left = Band.id(a) == Band.id(c);
    return shade(a, x + .25f, y + (left ? .5f : .25f));
  }

  private int mixed(int a, int b, int c, int d, int x, int y, int behind) {
    if (together(a, b, c, d)) {
      return joined(a, b, c, d, x, y);
    }
    four[0] = a;
    four[1] = b;
    four[2] = c;
    four[3] = d;
    int even = 0;
    int odd = 0;
    int left = 4;
    for (int i = 0; i < 4; i++) {
      int sample = four[i];
      if (sample != TAKEN && drawn(sample)) {
        int share = gather(i);
        int colour = shade(sample, x + middleX, y + middleY);
        even += (colour & 0xff00ff) * share;
        odd += (colour >> 8 & 255) * share;
        left -= share;
      }
    }
    even += (behind & 0xff00ff) * left + 0x20002;
    odd += (behind >> 8 & 255) * left + 2;
    return even >> 2 & 0xff00ff | odd << 6 & 0xff00;
  }

  /**
   * Counts and takes out the samples of the same surface as the i-th; the middle of those on its
   * own triangle, which is inside it, is where it will be shaded.
   */
  private int gather(int i) {
    int first = four[i];
    int part = Bins.part(band.entry(first));
    int share = 0;
    int same = 0;
    middleX = 0;
    middleY = 0;
    for (int j = i; j < 4; j++) {
      int other = four[j];
      if (other != TAKEN && drawn(other) && together(first, part, other)) {
        share++;
        if (Band.id(other) == Band.id(first)) {
          same++;
          middleX += .25f + .5f * (j & 1);
          middleY += .25f + .5f * (j >> 1);
        }
        four[j] = TAKEN;
      }
    }
    middleX /= same;
    middleY /= same;
    return share;
  }

  private boolean together(int first, int part, int other) {
    return Bins.part(band.entry(other)) == part
        && Math.abs(Band.distance(first) - Band.distance(other)) < APART;
  }
}
