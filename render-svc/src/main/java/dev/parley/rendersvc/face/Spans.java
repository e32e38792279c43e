package dev.parley.rendersvc.face;

import dev.parley.kit.failure.Failure;

/** What every span on the media clock has to keep to. */
final class Spans {
  /** One day: anything past it is a mistake of the sender. */
  private static final long MAX_US = 86_400_000_000L;

  private Spans() {}

  static void check(String what, long startUs, long endUs) {
    if (startUs < 0 || endUs < startUs || endUs > MAX_US) {
      throw Failure.invalid(
          what + " span",
          "%d to %d us (expected 0 <= start <= end <= %d)".formatted(startUs, endUs, MAX_US));
    }
  }
}
