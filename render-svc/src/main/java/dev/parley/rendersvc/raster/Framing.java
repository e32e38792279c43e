package dev.parley.rendersvc.raster;

import dev.parley.kit.failure.Failure;

/** How much of the person the picture holds, as a zoom on a 22 degree lens at 1.15 m. */
public enum Framing {
  PORTRAIT(1.25f),
  CLOSE(1.7f);

  private final float zoom;

  Framing(float zoom) {
    this.zoom = zoom;
  }

  float zoom() {
    return zoom;
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
