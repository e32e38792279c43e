package dev.parley.rendersvc.raster;

import java.util.Arrays;
import java.util.List;

/**
 * Colour from visibility, once a pixel and surface. Surfaces that share a pixel are mixed as the
 * page's are: after tone mapping, in the screen's own numbers.
 */
final class Shading {
  /** Samples of one part this far apart belong to different surfaces: nose and cheek. */
  private static final int APART = Sample.apart(.008f);

  private static final int TAKEN = -1;
  private static final byte NONE = -1;

  private final Band band;
  private final Ink ink;

  /** The part of each triangle of the list. */
  private final byte[] parts = new byte[Sample.ID + 1];

  private final Places places;
  private final boolean[] glossy;
  private final int[] four = new int[4];
  private float middleX;
  private float middleY;

  Shading(Band band, List<Body> bodies, Camera camera) {
    this.band = band;
    ink = new Ink(bodies, camera);
    places = new Places(band.width / 2);
    glossy = new boolean[bodies.size()];
    for (int i = 0; i < glossy.length; i++) {
      glossy[i] = bodies.get(i).glossy;
    }
    Arrays.fill(parts, NONE);
  }

  /** Shades what was drawn in the band, over what stands in the picture. */
  void resolve(Bin bin, Area area, int[] rgb, int stride) {
    ink.begin(bin);
    for (int i = 0; i < bin.count; i++) {
      parts[i] = (byte) Bins.part(bin.entries[i]);
    }
    for (int y = area.top(); y < area.bottom(); y++) {
      row(2 * (y - area.top()) * band.width, y, area.left(), area.right(), rgb, y * stride);
    }
  }

  private void row(int at, int y, int left, int right, int[] rgb, int to) {
    int[] seen = band.seen;
    int wide = band.width;
    for (int x = left; x < right; x++) {
      int a = seen[at + 2 * x];
      int b = seen[at + 2 * x + 1];
      int c = seen[at + wide + 2 * x];
      int d = seen[at + wide + 2 * x + 1];
      int part = part(a);
      boolean one = ((part ^ part(b)) | (part ^ part(c)) | (part ^ part(d))) == 0;
      if (one && part == NONE) {
        continue;
      }
      if (one && near(a, b, c, d) && !glossy[part]) {
        joined(a, b, c, d, x, y, to + x);
      } else {
        rgb[to + x] = mixed(a, b, c, d, x, y, rgb[to + x]);
      }
    }
    ink.at(places);
    places.put(rgb);
  }

  private static boolean near(int a, int b, int c, int d) {
    return Math.max(Math.max(Math.abs(a - b), Math.abs(a - c)), Math.abs(a - d)) < APART;
  }

  private int part(int sample) {
    return parts[sample & Sample.ID];
  }

  private int shade(int sample, float x, float y) {
    return ink.at(Sample.id(sample), x, y);
  }

  /** One shading for all: of a triangle that has two samples where there is one, in its middle. */
  private void joined(int a, int b, int c, int d, int x, int y, int pixel) {
    int ab = (a ^ b) & Sample.ID;
    int ac = (a ^ c) & Sample.ID;
    if (((a ^ d) & Sample.ID) == 0) {
      places.add(Sample.id(a), x + .5f, y + .5f, pixel);
    } else if (((b ^ c) & Sample.ID) == 0) {
      places.add(Sample.id(b), x + .5f, y + .5f, pixel);
    } else if (ab == 0) {
      places.add(Sample.id(a), x + .5f, y + .25f, pixel);
    } else if (((c ^ d) & Sample.ID) == 0) {
      places.add(Sample.id(c), x + .5f, y + .75f, pixel);
    } else if (((b ^ d) & Sample.ID) == 0) {
      places.add(Sample.id(b), x + .75f, y + .5f, pixel);
    } else {
      places.add(Sample.id(a), x + .25f, y + (ac == 0 ? .5f : .25f), pixel);
    }
  }

  private int mixed(int a, int b, int c, int d, int x, int y, int behind) {
    four[0] = a;
    four[1] = b;
    four[2] = c;
    four[3] = d;
    int even = 0;
    int odd = 0;
    int left = 4;
    for (int i = 0; i < 4; i++) {
      int sample = four[i];
      if (sample != TAKEN && part(sample) != NONE) {
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
    int share = 0;
    int same = 0;
    middleX = 0;
    middleY = 0;
    for (int j = i; j < 4; j++) {
      int other = four[j];
      if (other != TAKEN && part(other) == part(first) && Math.abs(first - other) < APART) {
        share++;
        if (Sample.id(other) == Sample.id(first)) {
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
}
