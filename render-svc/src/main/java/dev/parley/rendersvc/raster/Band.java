package dev.parley.rendersvc.raster;

import java.util.Arrays;
import java.util.List;

/**
 * Which triangle is seen at each of the four samples of every pixel of one band: the first of two
 * passes, so that colour is worked out once a pixel and surface only.
 */
final class Band {
  private static final int FRACTION = 11;
  private static final float FIXED = Sample.STEPS * (1 << FRACTION);
  private static final float FARTHEST = .69f;
  private static final float MARGIN = .01f;

  /** Samples a row. */
  final int width;

  final int[] seen;
  private final List<Body> bodies;
  private final Scan scan = new Scan();
  private final MaskWalk walk = new MaskWalk();
  private final Farthest farthest;
  private int firstRow;
  private int rows;
  private int left;
  private int right;
  private int[] list;
  private boolean masked;
  private float zX;
  private float zY;
  private float zStart;

  /** For a picture {@code width} pixels wide. */
  Band(int width, List<Body> bodies) {
    this.width = 2 * width;
    this.bodies = bodies;
    seen = new int[2 * Bins.ROWS * this.width];
    farthest = new Farthest(this.width, 2 * Bins.ROWS);
  }

  /** Begins a band, over what is still. */
  void open(Still still, Area area) {
    firstRow = 2 * area.top();
    rows = 2 * (area.bottom() - area.top());
    left = 2 * area.left();
    right = 2 * area.right();
    for (int y = 0; y < rows; y++) {
      int at = y * width;
      if (still.empty(firstRow + y)) {
        Arrays.fill(seen, at + left, at + right, Sample.NOTHING);
      } else {
        still.copy(firstRow + y, left, right, seen, at + left);
      }
    }
  }

  /**
   * Draws the triangles of a list: first those that were seen a moment ago, then of the others
   * those that are not hidden by now. What is seen does not depend on which came first.
   */
  void draw(Bin bin) {
    list = bin.entries;
    for (int i = 0; i < bin.count; i++) {
      if (bin.likely(i)) {
        draw(i);
      }
    }
    farthest.look(seen, width, rows, left, right);
    for (int i = 0; i < bin.count; i++) {
      if (!bin.likely(i) && !bin.hidden(i, farthest)) {
        draw(i);
      }
    }
  }

  private void draw(int id) {
    int t = Bins.triangle(list[id]);
    Body body = bodies.get(Bins.part(list[id]));
    int[] indices = body.part.indices();
    int a = 3 * indices[3 * t];
    int b = 3 * indices[3 * t + 1];
    int c = 3 * indices[3 * t + 2];
    triangle(id, body, a, b, c, body.strands.whole[t]);
  }

  private void triangle(int id, Body body, int a, int b, int c, boolean whole) {
    float[] s = body.screen;
    float z = s[a + 2] - Sample.NEAR_M;
    float zb = s[b + 2] - s[a + 2];
    float zc = s[c + 2] - s[a + 2];
    float bx = s[b] - s[a], by = s[b + 1] - s[a + 1];
    float cx = s[c] - s[a], cy = s[c + 1] - s[a + 1];
    float inverse = 1 / (cx * by - bx * cy);
    float nearest = z + Math.min(0, Math.min(zb, zc));
    float farthest = z + Math.max(0, Math.max(zb, zc));
    if (nearest < MARGIN || farthest > FARTHEST) {
      return;
    }
    zX = FIXED * (zc * by - zb * cy) * inverse;
    zY = FIXED * (zb * cx - zc * bx) * inverse;
    zStart = FIXED * z - (s[a] - .5f) * zX - (s[a + 1] - .5f - firstRow) * zY;
    masked = !whole;
    if (masked) {
      walk.over(body, a, b, c, inverse, firstRow);
    }
    scan(id, s, a, b, c);
  }

  /** Orders the corners from top to bottom and fills the rows between them. */
  private void scan(int id, float[] s, int a, int b, int c) {
    int swap;
    if (s[a + 1] > s[b + 1]) {
      swap = a;
      a = b;
      b = swap;
    }
    if (s[b + 1] > s[c + 1]) {
      swap = b;
      b = c;
      c = swap;
    }
    if (s[a + 1] > s[b + 1]) {
      swap = a;
      a = b;
      b = swap;
    }
    float ay = s[a + 1] - firstRow, by = s[b + 1] - firstRow, cy = s[c + 1] - firstRow;
    scan.set(s[a], ay, s[b], by, s[c], cy);
    int begin = Math.max(0, Sample.first(ay));
    int middle = Math.min(rows, Math.max(begin, Sample.first(by)));
    int end = Math.min(rows, Sample.first(cy));
    if (begin < middle) {
      scan.upper(begin);
      fill(begin, middle, id);
    }
    if (middle < end) {
      scan.lower(middle);
      fill(middle, end, id);
    }
  }

  private void fill(int begin, int end, int id) {
    for (int y = begin; y < end; y++) {
      scan.next(left, right);
      if (scan.from < scan.to) {
        int z = (int) (zStart + scan.from * zX + y * zY);
        if (masked) {
          walk.start(scan.from, y);
          fillMasked(y * width + scan.from, y * width + scan.to, z, (int) zX, id);
        } else {
          fill(y * width + scan.from, y * width + scan.to, z, (int) zX, id);
        }
      }
    }
  }

  private void fill(int from, int to, int z, int step, int id) {
    int[] samples = seen;
    for (int i = from; i < to; i++, z += step) {
      int sample = z << (Sample.ID_BITS - FRACTION) & ~Sample.ID | id;
      if (sample < samples[i]) {
        samples[i] = sample;
      }
    }
  }

  private void fillMasked(int from, int to, int z, int step, int id) {
    int[] samples = seen;
    for (int i = from; i < to; i++, z += step, walk.step()) {
      int sample = z << (Sample.ID_BITS - FRACTION) & ~Sample.ID | id;
      if (sample < samples[i] && walk.solid()) {
        samples[i] = sample;
      }
    }
  }
}
