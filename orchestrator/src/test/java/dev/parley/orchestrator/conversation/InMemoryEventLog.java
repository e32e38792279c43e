package dev.parley.orchestrator.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A log of sessions in memory. */
public final class InMemoryEventLog implements EventLog {
  private final long mediaBytes;
  private final int numbers;
  private final Map<String, TreeMap<Long, StoredEvent>> sessions = new HashMap<>();

  /** With the same bounds as the real one. */
  public InMemoryEventLog(long mediaBytes, int numbers) {
    this.mediaBytes = mediaBytes;
    this.numbers = numbers;
  }

  @Override
  public synchronized void append(String sessionId, List<StoredEvent> events) {
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
  }
}
