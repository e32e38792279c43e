package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/** A journal in memory that can be down. */
final class KeptJournal implements Journal {
  private final List<LoggedEvent> events = new ArrayList<>();
  volatile boolean down;

  @Override
  public synchronized void append(String sessionId, List<LoggedEvent> more) {
    if (down) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "down");
    }
    events.addAll(more);
  }

  @Override
  public synchronized List<LoggedEvent> after(String sessionId, long seq) {
    return events.stream().filter(e -> e.seq() > seq).toList();
  }

  @Override
  public synchronized long lastSeq(String sessionId) {
    return events.isEmpty() ? 0 : events.getLast().seq();
  }

  @Override
  public synchronized void delete(String sessionId) {
    events.clear();
  }
}
