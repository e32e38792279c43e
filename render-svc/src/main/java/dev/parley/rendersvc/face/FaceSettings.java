package dev.parley.rendersvc.face;

import dev.parley.kit.failure.Failure;

/**
 * How a face is animated.
 *
 * @param fps frames a second, 10 to 120 (30 and 60 are usual)
 * @param seed the same seed and input give the same frames
 * @param liveliness scales head, brow and gaze motion; 0 is still, 1 is usual, at most 2
 */
public record FaceSettings(int fps, long seed, float liveliness) {
  public FaceSettings {
    if (fps < 10 || fps > 120) {
      throw Failure.invalid("fps", fps + " (expected 10 to 120)");
    }
    if (!(liveliness >= 0 && liveliness <= 2)) {
      throw Failure.invalid("liveliness", liveliness + " (expected 0 to 2)");
    }
  }

  /** Frame {@code index}'s moment on the clock, microseconds. */
  public long frameTimeUs(long index) {
    return index * 1_000_000L / fps;
  }

  /** Microseconds between frames. */
  public long frameUs() {
    return 1_000_000L / fps;
  }
}
