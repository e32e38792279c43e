package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps no sessions. */
final class NoSessions implements SessionStore {
  @Override
  public SessionRecord create(SessionRecord session) {
    return session;
  }

  @Override
  public Optional<SessionRecord> find(Owner owner, String id) {
    return Optional.empty();
  }

  @Override
  public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
    return new Page<>(List.of(), "");
  }

  @Override
  public void touch(Owner owner, String id, Instant time, int turnCount, String title) {}

  @Override
  public void end(Owner owner, String id, Instant time) {}

  @Override
  public boolean delete(Owner owner, String id) {
    return false;
  }
}
