package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A log of sessions in memory. */
public final class InMemoryEventLog implements EventLog {
  private final long mediaBytes;
  private final int numbers;
  private final Map<String, TreeMap<Long, StoredEvent>> sessions = new HashMap<>();
  private final Map<String, byte[]> states = new HashMap<>();
  private final Map<String, Long> tokens = new HashMap<>();

  /** With the same bounds as the real one. */
  public InMemoryEventLog(long mediaBytes, int numbers) {
    this.mediaBytes = mediaBytes;
    this.numbers = numbers;
  }

  @Override
  public synchronized CompletableFuture<Void> append(
      String sessionId,
      long token,
      List<StoredEvent> events,
      Optional<byte[]> state,
      boolean urgent) {
    if (token > 0 && token < tokens.getOrDefault(sessionId, 0L)) {
      return CompletableFuture.failedFuture(
          Failure.of(Failure.Code.ABORTED, "SESSION_ELSEWHERE", "a higher token was seen"));
    }
    tokens.merge(sessionId, token, Math::max);
    state.ifPresent(it -> states.put(sessionId, it));
    if (!events.isEmpty()) {
      add(sessionId, events);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized Optional<byte[]> state(String sessionId) {
    return Optional.ofNullable(states.get(sessionId));
  }

  private void add(String sessionId, List<StoredEvent> events) {
    var kept = sessions.computeIfAbsent(sessionId, _ -> new TreeMap<>());
    events.forEach(it -> kept.putIfAbsent(it.seq(), it));
    kept.headMap(kept.lastKey() - numbers, true).clear();
    long held = kept.values().stream().filter(StoredEvent::media).mapToLong(this::size).sum();
    for (StoredEvent it : List.copyOf(kept.values())) {
      if (it.media() && held > mediaBytes) {
        kept.remove(it.seq());
        held -= size(it);
      }
    }
  }

  private long size(StoredEvent it) {
    return it.bytes().length;
  }

  @Override
  public synchronized List<StoredEvent> readAfter(String sessionId, long afterSeq, int limit) {
    return sessions
        .getOrDefault(sessionId, new TreeMap<>())
        .tailMap(afterSeq, false)
        .values()
        .stream()
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long lastSeq(String sessionId) {
    var kept = sessions.getOrDefault(sessionId, new TreeMap<>());
    return kept.isEmpty() ? 0 : kept.lastKey();
  }

  @Override
  public synchronized void delete(String sessionId) {
    sessions.remove(sessionId);
    states.remove(sessionId);
    tokens.computeIfPresent(sessionId, (_, token) -> token == 0 ? 0 : token + 1);
  }
}
