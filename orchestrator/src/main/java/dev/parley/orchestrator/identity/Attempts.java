package dev.parley.orchestrator.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often something failed in a row, and until when it is refused therefore.
 *
 * @param until absent while nothing is refused
 */
public record Attempts(int failures, Instant lastTime, Optional<Instant> until) {
  /** None yet. */
  public static final Attempts NONE = new Attempts(0, Instant.EPOCH, Optional.empty());

  /**
   * After how many failures one has to wait, and for how long: twice as long after each.
   *
   * @param free failures that cost nothing
   * @param memory failures are forgotten when that long none came
   */
  public record Rule(int free, Duration first, Duration longest, Duration memory) {
    private static final int MOST_DOUBLINGS = 20;

    /** With one attempt more, counted before it is known how it ends. */
    public Attempts next(Attempts before, Instant now) {
      boolean forgotten = before.lastTime().plus(memory).isBefore(now);
      int count = forgotten ? 1 : before.failures() + 1;
      Optional<Instant> until =
          count < free ? Optional.empty() : Optional.of(now.plus(wait(count - free)));
      return new Attempts(count, now, until);
    }

    private Duration wait(int beyond) {
      Duration doubled = first.multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS));
      return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
  }

  /** How long it is refused yet; zero when it is not. */
  public Duration refused(Instant now) {
    return until.filter(now::isBefore).map(it -> Duration.between(now, it)).orElse(Duration.ZERO);
  }

  /** With one attempt less: it did not fail. */
  public Attempts without() {
    return new Attempts(Math.max(0, failures - 1), lastTime, Optional.empty());
  }
}
