package dev.parley.rendersvc.raster;

import java.util.Arrays;

/**
 * Which triangle is seen at each of the four samples of every pixel: the first of two passes, so
 * that colour is worked out once a pixel and surface only.
 */
final class Coverage {
  /** No surface. */
  static final int NOTHING = -1;

  private static final int PART_SHIFT = 24;

  final int width;
  final int height;
  final int[] seen;
  final float[] depth;
  private final RowSpan span = new RowSpan();
  private final AlphaWalk alpha = new AlphaWalk();
  private final AlphaWalk solid = new AlphaWalk();

  /** For a picture of {@code width * height} pixels: twice that in samples, each way. */
  Coverage(int width, int height) {
    this.width = 2 * width;
    this.height = 2 * height;
    this.seen = new int[this.width * this.height];
    this.depth = new float[seen.length];
  }

  static int part(int id) {
    return id >>> PART_SHIFT;
  }

  static int triangle(int id) {
    return id & (1 << PART_SHIFT) - 1;
  }

  void clear() {
    Arrays.fill(seen, NOTHING);
    Arrays.fill(depth, Float.MAX_VALUE);
  }

  /** Draws all triangles of an opaque or masked part. */
  void draw(int part, Body body) {
    int[] indices = body.part.indices();
    boolean both = body.part.material().doubleSided();
    for (int t = 0; t < indices.length / 3; t++) {
      triangle(part << PART_SHIFT | t, body, indices, 3 * t, both);
    }
  }

  private void triangle(int id, Body body, int[] indices, int at, boolean both) {
    float[] s = body.screen;
    int a = 3 * indices[at];
    int b = 3 * indices[at + 1];
    int c = 3 * indices[at + 2];
    float ax = s[a], ay = s[a + 1], bx = s[b], by = s[b + 1], cx = s[c], cy = s[c + 1];
    float area = (cx - ax) * (by - ay) - (bx - ax) * (cy - ay);
    if (area == 0 || (area < 0 && !both)) {
      return;
    }
    int x0 = Math.max(0, (int) Math.ceil(Math.min(ax, Math.min(bx, cx)) - .5f));
    int x1 = Math.min(width - 1, (int) Math.floor(Math.max(ax, Math.max(bx, cx)) - .5f));
    int y0 = Math.max(0, (int) Math.ceil(Math.min(ay, Math.min(by, cy)) - .5f));
    int y1 = Math.min(height - 1, (int) Math.floor(Math.max(ay, Math.max(by, cy)) - .5f));
    if (x0 > x1 || y0 > y1) {
      return;
    }
    float inverse = 1 / area;
    float stepB = -(cy - ay) * inverse;
    float stepC = (by - ay) * inverse;
    float downB = (cx - ax) * inverse;
    float downC = -(bx - ax) * inverse;
    float px = x0 + .5f - ax;
    float py = y0 + .5f - ay;
    float rowB = px * stepB + py * downB;
    float rowC = px * stepC + py * downC;
    span.reset(stepB, stepC);
    float za = s[a + 2], zb = s[b + 2] - za, zc = s[c + 2] - za;
    float stepZ = stepB * zb + stepC * zc;
    AlphaWalk walk = body.masked ? alpha.over(body, indices, at, stepB, stepC) : solid;
    for (int y = y0; y <= y1; y++, rowB += downB, rowC += downC) {
      if (span.cut(rowB, rowC, x1 - x0)) {
        float wb = rowB + span.from * stepB;
        float wc = rowC + span.from * stepC;
        float z = za + wb * zb + wc * zc;
        int i = y * width + x0;
        walk.start(wb, wc);
        for (int k = span.from; k <= span.to; k++, z += stepZ) {
          if (z < depth[i + k] && walk.solid(k - span.from)) {
            depth[i + k] = z;
            seen[i + k] = id;
          }
        }
      }
    }
  }
}
