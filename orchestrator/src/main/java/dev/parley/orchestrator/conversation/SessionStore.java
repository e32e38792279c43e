package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.Optional;

/**
 * Sessions on disk. Thread-safe; blocks; what it acknowledged survives a crash.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface SessionStore {
  /**
   * Keeps a new session. With a request id that the owner used before, nothing is kept and the
   * session of then is returned.
   */
  SessionRecord create(SessionRecord session);

  /** One session of that owner. */
  Optional<SessionRecord> find(Owner owner, String sessionId);

  /** Newest first; an empty {@code characterId} means all, an empty token the first page. */
  Page<SessionRecord> list(Owner owner, String characterId, int size, String token);

  /** Sets update time, number of turns, and the title where it has none yet. */
  void touch(Owner owner, String sessionId, Instant time, int turnCount, String title);

  /** Marks it as over. */
  void end(Owner owner, String sessionId, Instant time);

  /** Removes it with its turns; false when there was none. */
  boolean delete(Owner owner, String sessionId);
}
