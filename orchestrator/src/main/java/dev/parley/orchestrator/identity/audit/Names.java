package dev.parley.orchestrator.identity.audit;

import java.util.Optional;

/** Knows what people and service accounts are called. Thread-safe; blocks. */
@FunctionalInterface
public interface Names {
  /** As shown to others; empty for nobody known. */
  Optional<String> name(String organisationId, String personId);
}
