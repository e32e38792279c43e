package dev.parley.orchestrator.conversation;

import java.util.List;

/**
 * The log of live sessions, shared by all replicas. Thread-safe; blocks. Bounds (bytes of media per
 * session, how long events live) are set where it is made; the oldest are dropped first.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface EventLog {
  /** Appends in order of number; an event whose number is there already is left alone. */
  void append(String sessionId, List<StoredEvent> events);

  /** What is kept after that number, in order, at most {@code limit}. May have gaps in media. */
  List<StoredEvent> readAfter(String sessionId, long afterSeq, int limit);

  /** The highest number ever appended; 0 when the session is unknown. */
  long lastSeq(String sessionId);

  /** Drops a session. */
  void delete(String sessionId);
}
