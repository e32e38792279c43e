package dev.parley.orchestrator.conversation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The log of live sessions, shared by all replicas, each under its {@linkplain
 * SessionRecord#place() place}. Thread-safe; all but {@link #append} block. Bounds (bytes of media
 * per session, how long events live) are set where it is made; the oldest are dropped first.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface EventLog {
  /**
   * Appends in order of number; an event whose number is there already is left alone. Appends of
   * many sessions go to the store together. Completes when all is kept; fails with
   * SESSION_ELSEWHERE, and keeps nothing, when the log saw a higher token.
   *
   * @param token of the lease; 0 is never refused
   * @param state replaces the state before
   * @param urgent whether somebody waits for it; else it may go with others some milliseconds later
   */
  CompletableFuture<Void> append(
      String place, long token, List<StoredEvent> events, Optional<byte[]> state, boolean urgent);

  /** What is kept after that number, in order, at most {@code limit}. May have gaps in media. */
  List<StoredEvent> readAfter(String place, long afterSeq, int limit);

  /** The state last kept. */
  Optional<byte[]> state(String place);

  /** The highest number ever appended; 0 when the session is unknown. */
  long lastSeq(String place);

  /** Drops a session; whoever owned it is refused from then on. */
  void delete(String place);
}
