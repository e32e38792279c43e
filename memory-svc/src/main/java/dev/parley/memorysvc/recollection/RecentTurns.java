package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The last turns of live sessions. They expire by themselves. Safe for use by many threads. */
public interface RecentTurns extends AutoCloseable {

  /**
   * Keeps a turn, in the place of one with the same id, and drops the oldest ones of its session
   * beyond {@code keep} (at least 1).
   *
   * @param expiry after it the turns of the session go; empty, or longer than the store's own time,
   *     takes that
   */
  void append(Owner owner, RememberedTurn turn, int keep, Optional<Duration> expiry);

  /** Keeps a turn for as long as the store keeps turns. */
  default void append(Owner owner, RememberedTurn turn, int keep) {
    append(owner, turn, keep, Optional.empty());
  }

  /** The last turns of a session, oldest first, at most {@code limit}. */
  List<RememberedTurn> last(Owner owner, String sessionId, int limit);

  /**
   * Removes the turns within a scope; memory ids are those of {@link MemoryId}.
   *
   * @return how many turns were removed
   */
  long remove(Scope scope);

  /** Whether it can be reached now. */
  boolean isHealthy();

  @Override
  void close();
}
