package dev.parley.memorysvc.vectors;

import java.time.Duration;

/** When an answer must be there, on the clock of {@link System#nanoTime()}. Immutable. */
public final class Deadline {
  private static final Deadline NONE = new Deadline(0, false);

  private final long nanos;
  private final boolean ends;

  private Deadline(long nanos, boolean ends) {
    this.nanos = nanos;
    this.ends = ends;
  }

  /** It may take as long as it takes. */
  public static Deadline none() {
    return NONE;
  }

  /** So long from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos(), true);
  }

  /** Whether it is over. */
  public boolean isOver() {
    return ends && System.nanoTime() - nanos >= 0;
  }

  /** Time left; a very long one where there is no end, zero when it is over. */
  public Duration left() {
    return ends ? Duration.ofNanos(Math.max(0, nanos - System.nanoTime())) : Duration.ofDays(1);
  }
}
