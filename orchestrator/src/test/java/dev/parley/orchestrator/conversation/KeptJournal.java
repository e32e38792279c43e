package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A journal in memory that can be down; knows a session by its place alone, as the real one. */
final class KeptJournal implements Journal {
  private static final class Kept {
    private final List<LoggedEvent> events = new ArrayList<>();
    private Optional<SessionState> state = Optional.empty();
    private long seen;
  }

  private final Map<String, Kept> sessions = new HashMap<>();
  volatile boolean down;

  /** Where it says that something is kept. */
  Executor keeper = Runnable::run;

  private long appends;

  @Override
  public synchronized CompletableFuture<Void> append(
      String place,
      long token,
      List<LoggedEvent> more,
      Optional<SessionState> now,
      boolean urgent) {
    if (down) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "down");
    }
    appends++;
    Kept kept = sessions.computeIfAbsent(place, _ -> new Kept());
    if (token > 0 && token < kept.seen) {
      throw Failure.of(Failure.Code.ABORTED, "SESSION_ELSEWHERE", "stale");
    }
    kept.seen = Math.max(kept.seen, token);
    kept.events.addAll(more);
    kept.state = now.or(() -> kept.state);
    return CompletableFuture.runAsync(() -> {}, keeper);
  }

  /** How often something was written. */
  synchronized long appends() {
    return appends;
  }

  private Kept at(String place) {
    return sessions.getOrDefault(place, new Kept());
  }

  @Override
  public synchronized Optional<SessionState> state(String place) {
    return at(place).state;
  }

  @Override
  public synchronized List<LoggedEvent> after(String place, long seq) {
    return at(place).events.stream().filter(e -> e.seq() > seq).toList();
  }

  @Override
  public synchronized long lastSeq(String place) {
    List<LoggedEvent> events = at(place).events;
    return events.isEmpty() ? 0 : events.getLast().seq();
  }

  @Override
  public synchronized void delete(String place) {
    sessions.remove(place);
  }
}
