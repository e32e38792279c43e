package dev.parley.orchestrator.conversation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps live sessions where another process can go on from, each under its {@linkplain
 * SessionRecord#place() place}. Thread-safe; all but {@link #append} block.
 */
public interface Journal {
  /**
   * Keeps events in order, and the state in place of the one before. Completes when both would
   * outlive this process; fails with SESSION_ELSEWHERE when a higher token was seen, else with
   * STORE_FAILED. A session's next append waits for the one before.
   *
   * @param token of the lease; 0 is never refused
   * @param urgent whether somebody waits for it; else it may go with others some milliseconds later
   */
  CompletableFuture<Void> append(
      String place,
      long token,
      List<LoggedEvent> events,
      Optional<SessionState> state,
      boolean urgent);

  /** What is kept after that number; media may be missing. */
  List<LoggedEvent> after(String place, long seq);

  /** The state last kept. */
  Optional<SessionState> state(String place);

  /** The highest number ever kept; 0 when there is none. */
  long lastSeq(String place);

  /** Drops a session; who still writes to it is refused. */
  void delete(String place);
}
