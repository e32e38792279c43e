package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Turns on disk. Thread-safe; blocks; what it acknowledged survives a crash.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface TurnStore {
  /** Keeps a turn, over whatever was kept under its id before; a turn that is over stays as is. */
  void save(TurnRecord turn);

  /** Whether what was taken waits for a store that is away: nothing is lost, it is kept later. */
  default boolean isBehind() {
    return false;
  }

  /**
   * Passes where a new turn may be begun.
   *
   * @throws dev.parley.kit.failure.Failure STORE_FAILED, with when to try again, when too much
   *     waits
   */
  default void mustHaveRoom() {}

  /** One turn of that owner. */
  Optional<TurnRecord> find(Owner owner, String turnId);

  /** The turn that a call with this (non-empty) request id asked for. */
  Optional<TurnRecord> findByRequest(Owner owner, String requestId);

  /** Oldest first; an empty token means the first page. */
  Page<TurnRecord> list(Owner owner, String sessionId, int size, String token);

  /** The last ones of a session that are over, oldest first. */
  List<TurnRecord> last(Owner owner, String sessionId, int count);

  /**
   * Marks what a crashed process left QUEUED or RUNNING as FAILED, except in sessions that may
   * still be gone on with, told by their {@linkplain SessionRecord#place() places}; how many there
   * were.
   */
  int failUnfinished(Instant time, Predicate<String> goesOn);
}
