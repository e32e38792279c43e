package dev.parley.rendersvc.raster;

import dev.parley.kit.failure.Failure;

/**
 * What picture is wanted.
 *
 * @param width pixels, even, 256 to 1024
 * @param height pixels, even, 256 to 1024
 * @param backdrop what stands behind the person
 * @param framing how much of the person is in it
 */
public record Shot(int width, int height, Backdrop backdrop, Framing framing) {
  /** The usual background, a quiet blue-grey. */
  public static final int NEUTRAL = 0x39424e;

  public Shot {
    check("width", width);
    check("height", height);
  }

  /** Before a wall of one colour, packed sRGB. */
  public Shot(int width, int height, int background, Framing framing) {
    this(width, height, Backdrop.Wall.of(background), framing);
  }

  private static void check(String what, int size) {
    if (size < 256 || size > 1024 || size % 2 != 0) {
      throw Failure.invalid(what, size + " (expected an even number from 256 to 1024)");
    }
  }
}
