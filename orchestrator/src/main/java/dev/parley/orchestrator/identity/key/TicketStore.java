package dev.parley.orchestrator.identity.key;

import dev.parley.orchestrator.identity.Identity;
import java.time.Duration;
import java.util.Optional;

/**
 * Tickets that are not used yet. Thread-safe; blocks.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface TicketStore {
  /** Keeps one under the hash of its secret, for so long. */
  void put(String hash, Identity identity, Duration life);

  /** Takes one away: of several who ask at once, at most one gets it. */
  Optional<Identity> take(String hash);
}
