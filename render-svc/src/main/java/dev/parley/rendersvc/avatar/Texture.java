package dev.parley.rendersvc.avatar;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture with its smaller copies (mip maps), packed ARGB, sRGB-coded unless it holds data.
 * Immutable, shared by every stream that draws the avatar.
 */
public final class Texture {
  private final List<int[]> levels = new ArrayList<>();
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
    levels.add(argb);
    for (int w = width, h = height; w > 4 && h > 4; w /= 2, h /= 2) {
      levels.add(half(levels.getLast(), w, h));
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The pixels of the largest level; not to be changed. */
  public int[] pixels() {
    return levels.getFirst();
  }

  public boolean repeats() {
    return repeat;
  }

  /** The level whose texels are about a sample's size, for {@code texels} of level 0 a sample. */
  public int levelFor(float texels) {
    int level = Math.round((Math.getExponent(Math.max(texels, 1f)) + fraction(texels)) - .35f);
    return Math.clamp(level, 0, levels.size() - 1);
  }

  private static float fraction(float x) {
    return x <= 1 ? 0 : x / (float) (1 << Math.getExponent(x)) - 1;
  }

  /** Coverage at u, v from 0 to 255: the nearest texel of the second level. */
  public int alpha(float u, float v) {
    int w = width >> 1;
    int h = height >> 1;
    return levels.get(1)[wrap((int) (v * h), h) * w + wrap((int) (u * w), w)] >>> 24;
  }

  /** Bilinear sample at u, v (v downwards); packed ARGB. */
  public int sample(float u, float v, int level) {
    int w = width >> level;
    int h = height >> level;
    int[] p = levels.get(level);
    int fx = (int) Math.floor((u * w - .5f) * 256);
    int fy = (int) Math.floor((v * h - .5f) * 256);
    int x0 = fx >> 8;
    int y0 = fy >> 8;
    int x1 = wrap(x0 + 1, w);
    int y1 = wrap(y0 + 1, h) * w;
    x0 = wrap(x0, w);
    y0 = wrap(y0, h) * w;
    return blend(
        blend(p[y0 + x0], p[y0 + x1], fx & 255), blend(p[y1 + x0], p[y1 + x1], fx & 255), fy & 255);
  }

  private int wrap(int x, int size) {
    return repeat ? x & (size - 1) : x < 0 ? 0 : Math.min(x, size - 1);
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
            blend(blend(from[at], from[at + 1], 128), blend(from[at + w], from[at + w + 1], 128), 128);
      }
    }
    return to;
  }
}
