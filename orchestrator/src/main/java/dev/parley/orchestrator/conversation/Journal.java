package dev.parley.orchestrator.conversation;

import java.util.List;

/** Keeps the events of live sessions where another process can go on from. Thread-safe; blocks. */
public interface Journal {
  /** Keeps events in order. */
  void append(String sessionId, List<LoggedEvent> events);

  /** What is kept after that number; media may be missing. */
  List<LoggedEvent> after(String sessionId, long seq);

  /** The highest number ever kept; 0 when there is none. */
  long lastSeq(String sessionId);

  /** Drops a session. */
  void delete(String sessionId);
}
