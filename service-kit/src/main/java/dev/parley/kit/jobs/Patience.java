package dev.parley.kit.jobs;

import java.time.Duration;

/**
 * How often a failed step is tried again: pauses double from the first one up to the longest.
 *
 * @param first pause after the first failure
 * @param longest no pause is longer
 * @param tries failures in a row after which the job is given up
 */
public record Patience(Duration first, Duration longest, int tries) {
  /** For work over stores that may be restarted: gives up after about four minutes. */
  public static final Patience STORES =
      new Patience(Duration.ofSeconds(1), Duration.ofMinutes(1), 9);

  /** For work that must be done however long it takes. */
  public static final Patience ENDLESS =
      new Patience(Duration.ofSeconds(1), Duration.ofMinutes(1), Integer.MAX_VALUE);

  /** The pause after so many failures in a row, 1 or more. */
  Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(20, failures - 1);
    return Duration.ofMillis(Math.min(doubled, longest.toMillis()));
  }
}
