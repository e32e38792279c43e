package dev.parley.rendersvc.raster;

import dev.parley.kit.failure.Failure;

/** How much of the person the picture holds; the same numbers as the page's stage. */
public enum Framing {
  PORTRAIT(.185f, .135f, .022f),
  CLOSE(.15f, .105f, .006f);

  private final float up;
  private final float side;
  private final float lift;

  Framing(float up, float side, float lift) {
    this.up = up;
    this.side = side;
    this.lift = lift;
  }

  /** What must be seen above and below the middle, metres at the face. */
  float up() {
    return up;
  }

  /** What must be seen to each side, metres at the face. */
  float side() {
    return side;
  }

  /** How far the middle lies above the face's center, metres. */
  float lift() {
    return lift;
  }

  /** Reads {@code portrait}, {@code close} or nothing (portrait). */
  public static Framing named(String name) {
    return switch (name) {
      case "", "portrait" -> PORTRAIT;
      case "close" -> CLOSE;
      default -> throw Failure.invalid("framing", name + " (expected portrait or close)");
    };
  }
}
