package dev.parley.orchestrator.character;

import java.util.Set;

/**
 * The voices and faces that characters can be given. Thread-safe; blocks for 2 seconds at most.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} UNAVAILABLE while it cannot be asked.
 */
public interface Catalogue {
  /** Ids of all voices. */
  Set<String> voices();

  /** Ids of all avatars. */
  Set<String> avatars();
}
