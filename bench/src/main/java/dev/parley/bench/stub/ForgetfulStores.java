package dev.parley.bench.stub;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Stores that keep nothing, as the peers of the benchmark have none. */
final class ForgetfulStores {
  private ForgetfulStores() {}

  /** Acknowledges sessions and forgets them. */
  record Sessions() implements SessionStore {
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

  /** Acknowledges turns and forgets them. */
  record Turns() implements TurnStore {
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
}
