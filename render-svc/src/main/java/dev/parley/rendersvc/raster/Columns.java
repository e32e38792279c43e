package dev.parley.rendersvc.raster;

import java.util.Arrays;

/** A range of columns of pixels in each band of a picture; empty where right is not above left. */
final class Columns {
  private final int[] left;
  private final int[] right;

  /** None in any of the bands of a picture {@code height} pixels high. */
  Columns(int height) {
    left = new int[Bins.bands(height)];
    right = new int[left.length];
    clear();
  }

  /** All of every band. */
  static Columns all(int width, int height) {
    Columns all = new Columns(height);
    Arrays.fill(all.left, 0);
    Arrays.fill(all.right, width);
    return all;
  }

  int left(int band) {
    return left[band];
  }

  int right(int band) {
    return right[band];
  }

  boolean any(int band) {
    return left[band] < right[band];
  }

  void set(int band, int from, int to) {
    left[band] = from;
    right[band] = to;
  }

  void widen(int band, int from, int to) {
    left[band] = Math.min(left[band], from);
    right[band] = Math.max(right[band], to);
  }

  /** None in any band. */
  void clear() {
    Arrays.fill(left, Integer.MAX_VALUE);
    Arrays.fill(right, 0);
  }
}
