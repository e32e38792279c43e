package dev.parley.orchestrator.identity.usage;

/**
 * Knows the plans of organisations. Thread-safe; called for every call, so it must not block long.
 */
@FunctionalInterface
public interface Plans {
  /** The organisation's; that of nobody known is {@link Plan#FREE}. */
  Plan of(String organisationId);
}
