package dev.parley.rendersvc.raster;

import java.util.List;

/**
 * The triangles that face the viewer, by the bands of rows they touch: a band's samples stay in the
 * processor's nearest memory while it is drawn and shaded.
 */
final class Bins {
  /** Rows of pixels a band. */
  static final int ROWS = 32;

  private static final int BAND = 2 * ROWS;
  private static final int PART_SHIFT = 24;

  private final Bin[] bins;
  private final int width;
  private final int height;

  /** For a picture of {@code width * height} pixels. */
  Bins(int width, int height) {
    this.width = 2 * width;
    this.height = 2 * height;
    bins = new Bin[bands(height)];
    for (int i = 0; i < bins.length; i++) {
      bins[i] = new Bin();
    }
  }

  /** How many bands a picture has. */
  static int bands(int height) {
    return (height + ROWS - 1) / ROWS;
  }

  static int part(int entry) {
    return entry >>> PART_SHIFT;
  }

  static int triangle(int entry) {
    return entry & (1 << PART_SHIFT) - 1;
  }

  int bands() {
    return bins.length;
  }

  Bin of(int band) {
    return bins[band];
  }

  /** Sorts in what faces the viewer and touches columns. */
  void sort(List<Body> bodies, Columns columns) {
    for (int i = 0; i < bins.length; i++) {
      bins[i].clear(columns.left(i), columns.right(i));
    }
    for (int i = 0; i < bodies.size(); i++) {
      sort(i, bodies.get(i));
    }
  }

  private void sort(int part, Body body) {
    boolean both = body.part.material().doubleSided();
    float[] s = body.screen;
    int[] corners = body.strands.corners;
    int[] order = body.strands.order;
    for (int i = 0, at = 0; i < order.length; i++, at += 3) {
      int a = corners[at];
      int b = corners[at + 1];
      int c = corners[at + 2];
      float area = (s[c] - s[a]) * (s[b + 1] - s[a + 1]) - (s[b] - s[a]) * (s[c + 1] - s[a + 1]);
      if (area > 0 || (area < 0 && both)) {
        put(part << PART_SHIFT | order[i], body.likely(order[i]), s, a, b, c);
      }
    }
  }

  private void put(int entry, boolean likely, float[] s, int a, int b, int c) {
    int left = Math.max(0, Sample.first(Math.min(s[a], Math.min(s[b], s[c]))));
    int right = Math.min(width, Sample.first(Math.max(s[a], Math.max(s[b], s[c]))));
    int top = Math.max(0, Sample.first(Math.min(s[a + 1], Math.min(s[b + 1], s[c + 1]))));
    int bottom = Math.min(height, Sample.first(Math.max(s[a + 1], Math.max(s[b + 1], s[c + 1]))));
    if (top >= bottom || left >= right) {
      return;
    }
    int nearest = Sample.before(Math.min(s[a + 2], Math.min(s[b + 2], s[c + 2])));
    for (int band = top / BAND; band <= (bottom - 1) / BAND; band++) {
      Bin bin = bins[band];
      int first = Math.max(0, top - band * BAND);
      int last = Math.min(BAND, bottom - band * BAND) - 1;
      if (bin.touch(left >> 1, right + 1 >> 1)) {
        bin.add(entry, likely, nearest, Farthest.box(left, first, right - 1, last));
      }
    }
  }
}
