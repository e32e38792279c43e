package dev.parley.rendersvc.raster;

import java.util.Arrays;
import java.util.List;

/**
 * The triangles that face the viewer, by the bands of rows they touch: a band's samples stay in the
 * processor's nearest memory while it is drawn and shaded.
 */
final class Bins {
  /** Rows of pixels a band. */
  static final int ROWS = 32;

  private static final int PART_SHIFT = 24;
  private static final int MOST = Band.STILL;

  private final int[][] lists;
  private final int[] counts;
  private final int width;
  private final int height;

  /** For a picture of {@code width * height} pixels. */
  Bins(int width, int height) {
    this.width = 2 * width;
    this.height = 2 * height;
    lists = new int[(height + ROWS - 1) / ROWS][1024];
    counts = new int[lists.length];
  }

  static int part(int entry) {
    return entry >>> PART_SHIFT;
  }

  static int triangle(int entry) {
    return entry & (1 << PART_SHIFT) - 1;
  }

  int bands() {
    return lists.length;
  }

  int[] list(int band) {
    return lists[band];
  }

  int count(int band) {
    return counts[band];
  }

  /** Sorts in what faces the viewer. */
  void sort(List<Body> bodies) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < bodies.size(); i++) {
      sort(i, bodies.get(i));
    }
  }

  private void sort(int part, Body body) {
    boolean both = body.part.material().doubleSided();
    float[] s = body.screen;
    int[] indices = body.part.indices();
    for (int t : body.strands.order) {
      int a = 3 * indices[3 * t];
      int b = 3 * indices[3 * t + 1];
      int c = 3 * indices[3 * t + 2];
      float area = (s[c] - s[a]) * (s[b + 1] - s[a + 1]) - (s[b] - s[a]) * (s[c + 1] - s[a + 1]);
      if (area > 0 || (area < 0 && both)) {
        put(part << PART_SHIFT | t, s, a, b, c);
      }
    }
  }

  private void put(int entry, float[] s, int a, int b, int c) {
    int left = Band.first(Math.min(s[a], Math.min(s[b], s[c])));
    int right = Band.first(Math.max(s[a], Math.max(s[b], s[c])));
    int top = Band.first(Math.min(s[a + 1], Math.min(s[b + 1], s[c + 1])));
    int bottom = Band.first(Math.max(s[a + 1], Math.max(s[b + 1], s[c + 1])));
    if (top >= bottom
        || left >= right
        || right <= 0
        || left >= width
        || bottom <= 0
        || top >= height) {
      return;
    }
    int last = (Math.min(height, bottom) - 1) / (2 * ROWS);
    for (int band = Math.max(0, top) / (2 * ROWS); band <= last; band++) {
      append(band, entry);
    }
  }

  private void append(int band, int entry) {
    int count = counts[band];
    if (count == lists[band].length) {
      lists[band] = Arrays.copyOf(lists[band], 2 * count);
    }
    if (count < MOST) {
      lists[band][count] = entry;
      counts[band] = count + 1;
    }
  }
}
