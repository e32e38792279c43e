package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.List;

/** Reads a turn that is over and notes what is worth remembering. Thread-safe; blocks. */
public interface NoteTaker {
  /**
   * What is read.
   *
   * @param turn heard words only
   * @param since exchanges since the last summary, this turn's at the end; empty where no summary
   *     is wanted
   * @param summary of what came before those; empty at the beginning of a session
   */
  record Talk(TurnRecord turn, List<Exchange> since, String summary) {
    public Talk {
      since = List.copyOf(since);
    }
  }

  /**
   * Notes of a turn.
   *
   * @throws dev.parley.kit.failure.Failure when there are none to be had in that time
   */
  Notes take(Talk talk, Duration deadline) throws InterruptedException;
}
