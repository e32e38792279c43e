package dev.parley.orchestrator.identity.usage;

import java.time.Instant;
import java.util.Map;

/**
 * Counts as they were last written to disk.
 *
 * @param time when
 */
public record Count(Map<Metered, Long> amounts, Instant time) {
  /** Copies the amounts. */
  public Count {
    amounts = Map.copyOf(amounts);
  }
}
