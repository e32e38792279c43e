package dev.parley.orchestrator.envoy;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.usage.Cost;

/** Plans of organisations. Called by many threads at once. */
@FunctionalInterface
public interface Quota {
  /** Nothing is counted, and nothing ends. */
  Quota NONE = (_, _) -> {};

  /**
   * Counts a call of an organisation and lets it in.
   *
   * @throws Failure RESOURCE_EXHAUSTED with QUOTA_EXCEEDED and when it begins anew
   */
  void admit(String organisationId, Cost cost);
}
