package dev.parley.rendersvc.raster;

/** Places of a row of pixels that are shaded together. */
final class Places {
  int count;

  /** The triangle, by its place in the band's list. */
  final int[] id;

  /** Where on the picture, pixels. */
  final float[] x;

  final float[] y;

  /** Packed RGB. */
  final int[] rgb;

  private final int[] to;

  /** Of {@code most} places at a time. */
  Places(int most) {
    id = new int[most];
    x = new float[most];
    y = new float[most];
    rgb = new int[most];
    to = new int[most];
  }

  /** Adds a place whose colour goes to a pixel. */
  void add(int triangle, float atX, float atY, int pixel) {
    id[count] = triangle;
    x[count] = atX;
    y[count] = atY;
    to[count++] = pixel;
  }

  /** Sets the pixels to their colours and begins anew. */
  void put(int[] picture) {
    for (int i = 0; i < count; i++) {
      picture[to[i]] = rgb[i];
    }
    count = 0;
  }
}
