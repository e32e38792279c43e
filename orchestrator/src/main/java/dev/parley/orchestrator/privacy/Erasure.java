package dev.parley.orchestrator.privacy;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The erasure of everything about a person and what it removed.
 *
 * @param id a UUIDv7
 * @param owner whose; empty once it is done, as nothing may tell then who it was
 * @param removals store by store, as far as it is
 * @param startTime when it began
 * @param endTime when it ended; empty while it runs
 */
public record Erasure(
    String id,
    Optional<Owner> owner,
    List<Removal> removals,
    Instant startTime,
    Optional<Instant> endTime) {

  /** Copies the removals. */
  public Erasure {
    removals = List.copyOf(removals);
  }

  /** Whether everything is gone. */
  public boolean isDone() {
    return endTime.isPresent();
  }
}
