package dev.parley.orchestrator;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionStore;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Sessions whose titles, which are a person's first words, are as they may be kept.
 *
 * @param change takes out what an owner's organisation does not want kept
 */
record MaskedSessions(SessionStore inner, BiFunction<Owner, String, String> change)
    implements SessionStore {
  @Override
  public SessionRecord create(SessionRecord session) {
    return inner.create(session);
  }

  @Override
  public Optional<SessionRecord> find(Owner owner, String sessionId) {
    return inner.find(owner, sessionId);
  }

  @Override
  public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
    return inner.list(owner, characterId, size, token);
  }

  @Override
  public void touch(Owner owner, String sessionId, Instant time, int turnCount, String title) {
    inner.touch(owner, sessionId, time, turnCount, change.apply(owner, title));
  }

  @Override
  public void end(Owner owner, String sessionId, Instant time) {
    inner.end(owner, sessionId, time);
  }

  @Override
  public boolean delete(Owner owner, String sessionId) {
    return inner.delete(owner, sessionId);
  }
}
