package dev.parley.orchestrator.identity.usage;

import java.util.Map;

/** Counts what an organisation keeps: documents and their bytes. Thread-safe; blocks. */
@FunctionalInterface
public interface Holdings {
  /** Nothing is kept. */
  Holdings NONE = _ -> Map.of();

  /**
   * What is there now.
   *
   * @throws dev.parley.kit.failure.Failure when it cannot be asked
   */
  Map<Metered, Long> of(String organisationId);
}
