package dev.parley.orchestrator.identity.usage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Counts on disk, some seconds old. Thread-safe; blocks.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface UsageArchive {
  /** What was last written of a period. */
  Optional<Count> find(String organisationId, String period);

  /** Keeps counts; those that are higher already stay. */
  void save(String organisationId, String period, Map<Metered, Long> amounts, Instant time);
}
