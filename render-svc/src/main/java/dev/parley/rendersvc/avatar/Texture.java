package dev.parley.rendersvc.avatar;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture with its smaller copies (mip maps), packed ARGB, sRGB-coded unless it holds data.
 * Immutable, shared by every stream that draws the avatar.
 */
public final class Texture {
  private static final int BIAS = 8;

  private final int[][] mips;
  private final int width;
  private final int height;
  private final boolean repeat;

  /** Takes {@code width * height} ARGB pixels, both powers of two; the array is kept. */
  public Texture(int width, int height, int[] argb, boolean repeat) {
    if (Integer.bitCount(width) != 1 || Integer.bitCount(height) != 1) {
      throw new IllegalArgumentException(
          "texture: " + width + "x" + height + " (expected powers of two)");
    }
    this.width = width;
    this.height = height;
    this.repeat = repeat;
    List<int[]> levels = new ArrayList<>();
    levels.add(argb);
    for (int w = width, h = height; w > 4 && h > 4; w /= 2, h /= 2) {
      levels.add(half(levels.getLast(), w, h));
    }
    mips = new int[levels.size()][];
    for (int i = 0; i < mips.length; i++) {
      mips[i] = tiled(levels.get(i), width >> i);
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** A copy of the pixels of the largest level, row by row. */
  public int[] pixels() {
    int[] rows = new int[width * height];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = mips[0][column(i % width) + row(i / width, width)];
    }
    return rows;
  }

  /** Tiles of four by four texels, a cache line each: what lies near is near, whichever way. */
  private static int[] tiled(int[] rows, int w) {
    int[] tiles = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      tiles[column(i % w) + row(i / w, w)] = rows[i];
    }
    return tiles;
  }

  private static int column(int x) {
    return (x & ~3) << 2 | x & 3;
  }

  private static int row(int y, int w) {
    return (y & ~3) * w + ((y & 3) << 2);
  }

  public boolean repeats() {
    return repeat;
  }

  /** The level whose texels are about a sample's size, for {@code texels} of level 0 a sample. */
  public int levelFor(float texels) {
    int level = Math.round((Math.getExponent(Math.max(texels, 1f)) + fraction(texels)) - .35f);
    return Math.clamp(level, 0, mips.length - 1);
  }

  private static float fraction(float x) {
    return x <= 1 ? 0 : x / (float) (1 << Math.getExponent(x)) - 1;
  }

  /** Coverage at u, v from 0 to 255: the nearest texel of the second level. */
  public int alpha(float u, float v) {
    int w = width >> 1;
    int h = height >> 1;
    return mips[1][column(wrap((int) (u * w), w)) + row(wrap((int) (v * h), h), w)] >>> 24;
  }

  /** Bilinear sample at u, v (v downwards); packed ARGB. */
  public int sample(float u, float v, int level) {
    int w = width >> level;
    int h = height >> level;
    int[] p = mips[level];
    int fx = fixed(u, w);
    int fy = fixed(v, h);
    int x0 = fx >> 8;
    int y0 = fy >> 8;
    int x1 = column(wrap(x0 + 1, w));
    int y1 = row(wrap(y0 + 1, h), w);
    x0 = column(wrap(x0, w));
    y0 = row(wrap(y0, h), w);
    int t = fx & 255;
    return blend(blend(p[y0 + x0], p[y0 + x1], t), blend(p[y1 + x0], p[y1 + x1], t), fy & 255);
  }

  /** Texels in 24.8, half a texel back, rounded down. */
  private static int fixed(float u, int size) {
    return (int) (((u + BIAS) * size - .5f) * 256) - (BIAS * size << 8);
  }

  private int wrap(int x, int size) {
    return repeat ? x & (size - 1) : Math.max(0, Math.min(x, size - 1));
  }

  private static int blend(int a, int b, int t) {
    int odd = (a & 0xff00ff) * (256 - t) + (b & 0xff00ff) * t;
    int even = (a >>> 8 & 0xff00ff) * (256 - t) + (b >>> 8 & 0xff00ff) * t;
    return odd >>> 8 & 0xff00ff | even & 0xff00ff00;
  }

  private static int[] half(int[] from, int w, int h) {
    int[] to = new int[w / 2 * (h / 2)];
    for (int y = 0; y < h / 2; y++) {
      for (int x = 0; x < w / 2; x++) {
        int at = 2 * y * w + 2 * x;
        to[y * (w / 2) + x] =
            blend(
                blend(from[at], from[at + 1], 128),
                blend(from[at + w], from[at + w + 1], 128),
                128);
      }
    }
    return to;
  }
}
