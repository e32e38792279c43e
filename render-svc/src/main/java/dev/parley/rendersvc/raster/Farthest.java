package dev.parley.rendersvc.raster;

/**
 * The farthest sample of each block of four by four in a band: what lies behind it there is hidden,
 * and need not be drawn. Hides nothing that would be seen.
 */
final class Farthest {
  private static final int SHIFT = 2;
  private static final int SIDE = 1 << SHIFT;

  private final int[] blocks;
  private final int[] column;
  private final int across;
  private int first;
  private int last;

  /** For bands {@code width} samples wide and {@code rows} high. */
  Farthest(int width, int rows) {
    across = (width >> SHIFT) + 1;
    blocks = new int[across * (rows >> SHIFT)];
    column = new int[width];
  }

  /** The blocks of a rectangle of samples within a band, its ends included. */
  static int box(int left, int top, int right, int bottom) {
    return left >> SHIFT | right >> SHIFT << 10 | top >> SHIFT << 20 | bottom >> SHIFT << 25;
  }

  /** Looks at the rows of a band between two columns. */
  void look(int[] seen, int width, int rows, int left, int right) {
    first = left >> SHIFT;
    last = (right - 1) >> SHIFT;
    for (int y = 0, to = 0; y < rows; y += SIDE, to += across) {
      System.arraycopy(seen, y * width + left, column, left, right - left);
      for (int row = y + 1; row < Math.min(rows, y + SIDE); row++) {
        deepen(seen, row * width, left, right);
      }
      for (int x = first; x <= last; x++) {
        blocks[to + x] = farthest(Math.max(left, x << SHIFT), Math.min(right, x + 1 << SHIFT));
      }
    }
  }

  private void deepen(int[] seen, int at, int left, int right) {
    for (int x = left; x < right; x++) {
      column[x] = Math.max(column[x], seen[at + x]);
    }
  }

  private int farthest(int from, int to) {
    int most = 0;
    for (int x = from; x < to; x++) {
      most = Math.max(most, column[x]);
    }
    return most;
  }

  /** Whether every block of a box is covered by what comes before a sample. */
  boolean before(int box, int sample) {
    int x0 = Math.max(first, box & 1023);
    int x1 = Math.min(last, box >> 10 & 1023);
    int y1 = box >> 25;
    for (int y = box >> 20 & 31; y <= y1; y++) {
      for (int x = x0; x <= x1; x++) {
        if (sample <= blocks[y * across + x]) {
          return false;
        }
      }
    }
    return true;
  }
}
