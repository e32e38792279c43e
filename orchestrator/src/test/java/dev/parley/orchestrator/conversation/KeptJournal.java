package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A journal in memory that can be down. */
final class KeptJournal implements Journal {
  private final List<LoggedEvent> events = new ArrayList<>();
  private Optional<SessionState> state = Optional.empty();
  private long seen;
  volatile boolean down;

  @Override
  public synchronized CompletableFuture<Void> append(
      String sessionId, long token, List<LoggedEvent> more, Optional<SessionState> now) {
    if (down) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "down");
    }
    if (token > 0 && token < seen) {
      throw Failure.of(Failure.Code.ABORTED, "SESSION_ELSEWHERE", "stale");
    }
    seen = Math.max(seen, token);
    events.addAll(more);
    state = now.or(() -> state);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized Optional<SessionState> state(String sessionId) {
    return state;
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
