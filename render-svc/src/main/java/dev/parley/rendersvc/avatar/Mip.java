package dev.parley.rendersvc.avatar;

/**
 * One size of a texture, packed ARGB, in tiles of four by four texels, a cache line each: what lies
 * near is near, whichever way. Places are given in its own unit, in which they are planes over a
 * triangle as u and v are: 256ths of texels.
 */
public final class Mip {
  private static final int BIAS = 8;

  private final int[] texels;
  private final int width;
  private final int height;
  private final boolean repeat;
  private final int biasX;
  private final int biasY;

  /** Takes texels row by row. */
  Mip(int[] rows, int width, int height, boolean repeat) {
    this.width = width;
    this.height = height;
    this.repeat = repeat;
    biasX = BIAS * width << 8;
    biasY = BIAS * height << 8;
    texels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      texels[column(i % width) + row(i / width)] = rows[i];
    }
  }

  private static int column(int x) {
    return (x & ~3) << 2 | x & 3;
  }

  private int row(int y) {
    return (y & ~3) * width + ((y & 3) << 2);
  }

  /** A texel. */
  int at(int x, int y) {
    return texels[column(x) + row(y)];
  }

  /** The nearest texel to u, v. */
  int nearest(float u, float v) {
    return at(wrap((int) (u * width), width), wrap((int) (v * height), height));
  }

  /** A texture's u in this unit, half a texel back. */
  public float x(float u) {
    return ((u + BIAS) * width - .5f) * 256;
  }

  /** A texture's v in this unit, half a texel back. */
  public float y(float v) {
    return ((v + BIAS) * height - .5f) * 256;
  }

  /** Bilinear sample; packed ARGB. */
  public int sample(float x, float y) {
    int fx = (int) x - biasX;
    int fy = (int) y - biasY;
    int x0 = column(wrap(fx >> 8, width));
    int x1 = column(wrap((fx >> 8) + 1, width));
    int y0 = row(wrap(fy >> 8, height));
    int y1 = row(wrap((fy >> 8) + 1, height));
    int t = fx & 255;
    int above = blend(texels[y0 + x0], texels[y0 + x1], t);
    return blend(above, blend(texels[y1 + x0], texels[y1 + x1], t), fy & 255);
  }

  private int wrap(int x, int size) {
    return repeat ? x & size - 1 : Math.max(0, Math.min(x, size - 1));
  }

  /** Two colours mixed, {@code t} of 256 of the second. */
  static int blend(int a, int b, int t) {
    int odd = (a & 0xff00ff) * (256 - t) + (b & 0xff00ff) * t;
    int even = (a >>> 8 & 0xff00ff) * (256 - t) + (b >>> 8 & 0xff00ff) * t;
    return odd >>> 8 & 0xff00ff | even & 0xff00ff00;
  }
}
