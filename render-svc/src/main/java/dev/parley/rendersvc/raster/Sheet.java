package dev.parley.rendersvc.raster;

/** A picture, and which columns of each band differ from what is still. */
final class Sheet {
  final Picture picture;
  private final Still still;
  private final Columns drawn;

  /** Shows what is still. */
  Sheet(Shot shot, Still still) {
    this.still = still;
    picture = new Picture(shot.width(), shot.height(), still.rgb.clone());
    drawn = new Columns(shot.height());
  }

  /** Shows what is still in a band; from now on its columns {@code from} to {@code to} differ. */
  void begin(int band, int from, int to) {
    clear(band, drawn.left(band), drawn.right(band));
    drawn.set(band, from, to);
  }

  /** Shows what is still in columns of a band. */
  void clear(int band, int from, int to) {
    for (int y = band * Bins.ROWS; y < bottom(band) && from < to; y++) {
      int at = y * picture.width() + from;
      System.arraycopy(still.rgb, at, picture.rgb(), at, to - from);
    }
  }

  /**
   * Shows another sheet's band, bent, in which the columns {@code left} to {@code right} will be
   * drawn.
   */
  void bend(int band, Sheet other, Warp warp, int left, int right) {
    int from = Math.max(0, other.drawn.left(band) - Flow.CELL);
    int to = Math.min(picture.width(), other.drawn.right(band) + Flow.CELL);
    begin(band, Math.min(from, left), Math.max(to, right));
    for (int y = band * Bins.ROWS; y < bottom(band); y++) {
      warp.row(other.picture.rgb(), y, from, Math.min(to, left), picture.rgb());
      warp.row(other.picture.rgb(), y, Math.max(from, right), to, picture.rgb());
    }
    clear(band, left, right);
  }

  private int bottom(int band) {
    return Math.min(picture.height(), (band + 1) * Bins.ROWS);
  }
}
