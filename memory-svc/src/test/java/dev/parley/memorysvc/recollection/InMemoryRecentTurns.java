package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recent turns without expiry. */
public final class InMemoryRecentTurns implements RecentTurns {
  private record Key(Owner owner, String sessionId) {}

  private final Map<Key, List<RememberedTurn>> sessions = new HashMap<>();

  @Override
  public synchronized void append(
      Owner owner, RememberedTurn turn, int keep, Optional<Duration> expiry) {
    List<RememberedTurn> turns =
        sessions.computeIfAbsent(new Key(owner, turn.sessionId()), k -> new ArrayList<>());
    turns.removeIf(t -> t.turnId().equals(turn.turnId()));
    turns.add(turn);
    turns.sort(Comparator.comparing(RememberedTurn::time).thenComparing(RememberedTurn::turnId));
    while (turns.size() > keep) {
      turns.removeFirst();
    }
  }

  @Override
  public synchronized List<RememberedTurn> last(Owner owner, String sessionId, int limit) {
    List<RememberedTurn> turns = sessions.getOrDefault(new Key(owner, sessionId), List.of());
    return List.copyOf(turns.subList(Math.max(0, turns.size() - limit), turns.size()));
  }

  @Override
  public synchronized long remove(Scope scope) {
    long gone = 0;
    for (Map.Entry<Key, List<RememberedTurn>> session : sessions.entrySet()) {
      Owner owner = session.getKey().owner();
      int before = session.getValue().size();
      session.getValue().removeIf(t -> scope.contains(owner, MemoryId.of(owner, t.turnId()), t));
      gone += before - session.getValue().size();
    }
    return gone;
  }

  @Override
  public boolean isHealthy() {
    return true;
  }

  @Override
  public void close() {}
}
