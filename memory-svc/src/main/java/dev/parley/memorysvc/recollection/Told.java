package dev.parley.memorysvc.recollection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A turn to remember and what is known about it.
 *
 * @param turn it
 * @param keep turns kept at hand for its session, at least 1
 * @param facts what a language model found in it, perhaps nothing; empty looks for facts by rules
 * @param summary of the session so far, by a language model; empty makes one when it grows long
 * @param retention how long it is kept
 */
public record Told(
    RememberedTurn turn,
    int keep,
    Optional<List<Fact>> facts,
    Optional<String> summary,
    Retention retention) {
  /** A turn of which nothing more is known. */
  public static Told plain(RememberedTurn turn, int keep) {
    return new Told(turn, keep, Optional.empty(), Optional.empty(), Retention.FOREVER);
  }

  /** How long its session's turns may stay at hand, if shorter than the store's own time. */
  Optional<Duration> expiry() {
    return retention.age();
  }
}
