package dev.parley.rendersvc.raster;

/**
 * Bends a whole picture to where things stand now, after a {@link Flow}. Places are counted in
 * 65536ths of a pixel, shares in 256ths.
 */
final class Warp {
  private static final int FRACTION = 16;
  private static final float FIXED = 1 << FRACTION - 1;
  private static final int PAIR = 0xff00ff;

  /**
   * The share of the farther pixel by the place between two: a smooth step, which keeps edges
   * sharper than a straight line and is a tenth of a pixel off at most.
   */
  private static final int[] STEP = new int[256];

  static {
    for (int i = 0; i < STEP.length; i++) {
      float t = i / 256f;
      STEP[i] = Math.round(256 * t * t * (3 - 2 * t));
    }
  }

  private final Flow flow;
  private final int width;
  private int x;
  private int y;
  private int stepX;
  private int stepY;

  /** For pictures of so many pixels a row. */
  Warp(Flow flow, int width) {
    this.flow = flow;
    this.width = width;
  }

  /** Bends a row between two columns. */
  void row(int[] from, int row, int left, int right, int[] to) {
    for (int column = left; column < right; ) {
      int end = Math.min(right, (column / Flow.CELL + 1) * Flow.CELL);
      int at = row * width + column;
      if (moves(column, row)) {
        bend(from, to, at, at + end - column);
      } else {
        System.arraycopy(from, at, to, at, end - column);
      }
      column = end;
    }
  }

  /** Sets out over a row of a cell; returns whether anything moves in it. */
  private boolean moves(int column, int row) {
    int node = row / Flow.CELL * flow.across + column / Flow.CELL;
    int under = node + flow.across;
    float low = (row % Flow.CELL + .5f) / Flow.CELL;
    float in = (column % Flow.CELL + .5f) / Flow.CELL;
    float x0 = flow.right[node] + low * (flow.right[under] - flow.right[node]);
    float x1 = flow.right[node + 1] + low * (flow.right[under + 1] - flow.right[node + 1]);
    float y0 = flow.down[node] + low * (flow.down[under] - flow.down[node]);
    float y1 = flow.down[node + 1] + low * (flow.down[under + 1] - flow.down[node + 1]);
    x = (column << FRACTION) + (int) (FIXED * (x0 + in * (x1 - x0)));
    y = (row << FRACTION) + (int) (FIXED * (y0 + in * (y1 - y0)));
    stepX = (1 << FRACTION) + (int) (FIXED / Flow.CELL * (x1 - x0));
    stepY = (int) (FIXED / Flow.CELL * (y1 - y0));
    return x0 != 0 || x1 != 0 || y0 != 0 || y1 != 0;
  }

  /** Four pixels round each place, by their shares. */
  private void bend(int[] from, int[] to, int begin, int end) {
    int atX = x, atY = y, goX = stepX, goY = stepY, wide = width;
    for (int i = begin; i < end; i++, atX += goX, atY += goY) {
      int at = (atY >> FRACTION) * wide + (atX >> FRACTION);
      int in = STEP[atX >> 8 & 255];
      int low = STEP[atY >> 8 & 255];
      int d = in * low >> 8;
      int c = low - d;
      int b = in - d;
      int a = 256 - b - c - d;
      int p = from[at];
      int q = from[at + 1];
      int r = from[at + wide];
      int s = from[at + wide + 1];
      int even = (p & PAIR) * a + (q & PAIR) * b + (r & PAIR) * c + (s & PAIR) * d + 0x800080;
      int odd = (p >> 8 & 255) * a + (q >> 8 & 255) * b + (r >> 8 & 255) * c + (s >> 8 & 255) * d;
      to[i] = even >>> 8 & PAIR | odd + 128 & 0xff00;
    }
  }
}
