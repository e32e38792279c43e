package dev.parley.orchestrator.character;

import java.util.List;
import java.util.Optional;

/**
 * Characters of organisations on disk, each with its earlier versions. Thread-safe; blocks; what it
 * acknowledged survives a crash.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface CharacterStore {
  /** One of them. */
  Optional<Character> find(String organisationId, String id);

  /** By id, those after {@code afterId} (empty: from the first), at most {@code size}. */
  List<Character> list(String organisationId, String afterId, int size);

  /**
   * Keeps a new one. With a (non-empty) request id used before, nothing is kept and the character
   * made then is returned. Empty when the id is taken by another.
   */
  Optional<Character> create(String organisationId, Character character, String requestId);

  /** Keeps a change of the version before it; false when that is no longer the current one. */
  boolean update(String organisationId, Character character);

  /** Removes it; false when there was none. */
  boolean delete(String organisationId, String id);

  /** Versions below {@code beforeVersion}, newest first, at most {@code size}. */
  List<Character> versions(String organisationId, String id, long beforeVersion, int size);
}
