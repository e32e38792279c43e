package dev.parley.rendersvc.raster;

import java.util.Arrays;

/**
 * The triangles that touch one band of rows, in an order that depends on the pose only, and what
 * tells whether one can be seen. A triangle's place in here is its number in the band's samples.
 */
final class Bin {
  private static final int MOST = Sample.STILL;

  /** In place of a distance: seen a moment ago, and so likely to be seen again. */
  private static final int LIKELY = -1;

  /** Part and triangle. */
  int[] entries = new int[512];

  int count;

  private int[] nearest = new int[512];
  private int[] boxes = new int[512];
  private int from;
  private int to;
  private int left;
  private int right;

  /** Empties it; columns of pixels outside {@code from} to {@code to} will not be drawn. */
  void clear(int from, int to) {
    count = 0;
    this.from = from;
    this.to = to;
    left = to;
    right = from;
  }

  /** The first column that is touched. */
  int left() {
    return Math.max(left, from);
  }

  /** The column after the last that is touched. */
  int right() {
    return Math.min(right, to);
  }

  /** Adds a triangle, the sample that none of its own comes before, and the blocks it touches. */
  void add(int entry, boolean likely, int sample, int box) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, 2 * count);
      nearest = Arrays.copyOf(nearest, 2 * count);
      boxes = Arrays.copyOf(boxes, 2 * count);
    }
    if (count < MOST) {
      entries[count] = entry;
      nearest[count] = likely ? LIKELY : sample;
      boxes[count++] = box;
    }
  }

  /** Widens the columns by those of a triangle; returns whether any of them is to be drawn. */
  boolean touch(int first, int last) {
    left = Math.min(left, first);
    right = Math.max(right, last);
    return first < to && last > from;
  }

  boolean likely(int id) {
    return nearest[id] == LIKELY;
  }

  /** Whether something stands before all of a triangle. */
  boolean hidden(int id, Farthest farthest) {
    return farthest.before(boxes[id], nearest[id]);
  }
}
