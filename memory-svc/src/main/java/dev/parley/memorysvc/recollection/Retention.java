package dev.parley.memorysvc.recollection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a character keeps what it remembers.
 *
 * @param age items older than this are forgotten unless pinned; empty keeps them
 */
public record Retention(Optional<Duration> age) {
  /** For ever. */
  public static final Retention FOREVER = new Retention(Optional.empty());

  /** When something said at a time is forgotten. */
  Optional<Instant> end(Instant said) {
    return age.map(said::plus);
  }
}
