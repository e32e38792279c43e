package dev.parley.orchestrator;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.identity.usage.Meter;
import dev.parley.orchestrator.identity.usage.Metered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Turns that count when they are kept as over: as one, where somebody said something, and as
 * speech.
 */
record CountedTurns(TurnStore inner, Meter meter) implements TurnStore {
  @Override
  public void save(TurnRecord turn) {
    inner.save(turn);
    if (turn.state().over()) {
      String organisation = turn.owner().organisationId();
      meter.count(organisation, Metered.TURNS, turn.inputText().isEmpty() ? 0 : 1);
      meter.count(organisation, Metered.SPEECH_MS, turn.mediaDuration().toMillis());
    }
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
