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

  /** Shows a mixture in a band: of one sheet and, by {@code share} of 256, of another. */
  void mix(int band, Sheet one, Sheet other, int share) {
    int from = Math.min(one.drawn.left(band), other.drawn.left(band));
    int to = Math.max(one.drawn.right(band), other.drawn.right(band));
    begin(band, from, to);
    for (int y = band * Bins.ROWS; y < bottom(band) && from < to; y++) {
      int at = y * picture.width();
      mix(one.picture.rgb(), other.picture.rgb(), share, at + from, at + to, picture.rgb());
    }
  }

  private static void mix(int[] a, int[] b, int share, int from, int to, int[] out) {
    for (int i = from; i < to; i++) {
      int even = (a[i] & 0xff00ff) * (256 - share) + (b[i] & 0xff00ff) * share + 0x800080;
      int odd = (a[i] & 0xff00) * (256 - share) + (b[i] & 0xff00) * share + 0x8000;
      out[i] = even >>> 8 & 0xff00ff | odd >>> 8 & 0xff00;
    }
  }

  private int bottom(int band) {
    return Math.min(picture.height(), (band + 1) * Bins.ROWS);
  }
}
