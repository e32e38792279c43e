package dev.parley.orchestrator;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Turns that are changed before they are kept, and told of when they are kept.
 *
 * @param change as to mask personal data
 * @param kept as to count them
 */
record KeptTurns(TurnStore inner, UnaryOperator<TurnRecord> change, Consumer<TurnRecord> kept)
    implements TurnStore {
  @Override
  public void save(TurnRecord turn) {
    inner.save(change.apply(turn));
    kept.accept(turn);
  }

  @Override
  public boolean isBehind() {
    return inner.isBehind();
  }

  @Override
  public void mustHaveRoom() {
    inner.mustHaveRoom();
  }

  @Override
  public Optional<TurnRecord> find(Owner owner, String turnId) {
    return inner.find(owner, turnId);
  }

  @Override
  public Optional<TurnRecord> findByRequest(Owner owner, String requestId) {
    return inner.findByRequest(owner, requestId);
  }

  @Override
  public Page<TurnRecord> list(Owner owner, String sessionId, int size, String token) {
    return inner.list(owner, sessionId, size, token);
  }

  @Override
  public List<TurnRecord> last(Owner owner, String sessionId, int count) {
    return inner.last(owner, sessionId, count);
  }

  @Override
  public int failUnfinished(Instant time, Predicate<String> goesOn) {
    return inner.failUnfinished(time, goesOn);
  }
}
