package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions in memory, by their ids. */
public final class KeptSessions implements SessionStore {
  public final Map<String, SessionRecord> all = new ConcurrentHashMap<>();

  @Override
  public SessionRecord create(SessionRecord session) {
    all.put(session.id(), session);
    return session;
  }

  @Override
  public Optional<SessionRecord> find(Owner owner, String id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
    return new Page<>(List.copyOf(all.values()), "");
  }

  @Override
  public void touch(Owner owner, String id, Instant time, int turnCount, String title) {}

  @Override
  public void end(Owner owner, String id, Instant time) {}

  @Override
  public boolean delete(Owner owner, String id) {
    return all.remove(id) != null;
  }
}
