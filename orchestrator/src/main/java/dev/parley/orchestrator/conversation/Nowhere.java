package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Stores that take everything and keep nothing. Thread-safe. */
public final class Nowhere {
  private Nowhere() {}

  /** Sessions that are kept nowhere. */
  public static final class Sessions implements SessionStore {
    @Override
    public SessionRecord create(SessionRecord session) {
      return session;
    }

    @Override
    public Optional<SessionRecord> find(Owner owner, String sessionId) {
      return Optional.empty();
    }

    @Override
    public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
      return new Page<>(List.of(), "");
    }

    @Override
    public void touch(Owner owner, String sessionId, Instant time, int turnCount, String title) {}

    @Override
    public void end(Owner owner, String sessionId, Instant time) {}

    @Override
    public boolean delete(Owner owner, String sessionId) {
      return false;
    }
  }

  /** Turns that are kept nowhere. */
  public static final class Turns implements TurnStore {
    @Override
    public void save(TurnRecord turn) {}

    @Override
    public Optional<TurnRecord> find(Owner owner, String turnId) {
      return Optional.empty();
    }

    @Override
    public Optional<TurnRecord> findByRequest(Owner owner, String requestId) {
      return Optional.empty();
    }

    @Override
    public Page<TurnRecord> list(Owner owner, String sessionId, int size, String token) {
      return new Page<>(List.of(), "");
    }

    @Override
    public List<TurnRecord> last(Owner owner, String sessionId, int count) {
      return List.of();
    }

    @Override
    public int failUnfinished(Instant time, Predicate<String> goesOn) {
      return 0;
    }
  }

  /** A memory that is asked and told nothing. */
  record Memories(Recollection asked) implements Recollection {
    @Override
    public List<Recalled> recall(
        Owner owner,
        String characterId,
        String query,
        int limit,
        String exceptSessionId,
        Duration deadline) {
      return asked.recall(owner, characterId, query, limit, exceptSessionId, deadline);
    }

    @Override
    public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {}

    @Override
    public void forgetSession(Owner owner, String sessionId, Duration deadline) {}
  }
}
