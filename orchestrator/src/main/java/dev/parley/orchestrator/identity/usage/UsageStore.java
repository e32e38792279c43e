package dev.parley.orchestrator.identity.usage;

import java.util.Map;

/**
 * Counts that all processes share. Thread-safe; blocks.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface UsageStore {
  /**
   * Adds to the counts of a period and gives what they are then; adding nothing reads them.
   *
   * @param period a month, as {@code 2026-11}
   * @param batchId names this addition: the same one twice is added once
   */
  Map<Metered, Long> add(
      String organisationId, String period, String batchId, Map<Metered, Long> amounts);
}
