package dev.parley.rendersvc.avatar;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture with its smaller copies (mip maps), packed ARGB, sRGB-coded unless it holds data.
 * Immutable, shared by every stream that draws the avatar.
 */
public final class Texture {
  private final Mip[] mips;
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
    mips = new Mip[levels.size()];
    for (int i = 0; i < mips.length; i++) {
      mips[i] = new Mip(levels.get(i), width >> i, height >> i, repeat);
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
      rows[i] = mips[0].at(i % width, i / width);
    }
    return rows;
  }

  public boolean repeats() {
    return repeat;
  }

  /** The level whose texels are about a sample's size, for {@code texels} of level 0 a sample. */
  public Mip levelFor(float texels) {
    int level = Math.round((Math.getExponent(Math.max(texels, 1f)) + fraction(texels)) - .35f);
    return mips[Math.clamp(level, 0, mips.length - 1)];
  }

  private static float fraction(float x) {
    return x <= 1 ? 0 : x / (float) (1 << Math.getExponent(x)) - 1;
  }

  /** Coverage at u, v from 0 to 255: the nearest texel of the second level. */
  public int alpha(float u, float v) {
    return mips[1].nearest(u, v) >>> 24;
  }

  /** Bilinear sample of a level at u, v (v downwards); packed ARGB. */
  public int sample(float u, float v, int level) {
    return mips[level].sample(mips[level].x(u), mips[level].y(v));
  }

  private static int[] half(int[] from, int w, int h) {
    int[] to = new int[w / 2 * (h / 2)];
    for (int y = 0; y < h / 2; y++) {
      for (int x = 0; x < w / 2; x++) {
        int at = 2 * y * w + 2 * x;
        to[y * (w / 2) + x] =
            Mip.blend(
                Mip.blend(from[at], from[at + 1], 128),
                Mip.blend(from[at + w], from[at + w + 1], 128),
                128);
      }
    }
    return to;
  }
}
