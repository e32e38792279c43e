package dev.parley.orchestrator.spool;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Turns that wait on disk while their store is away; those are found as if they were in it. */
record SpooledTurns(
    TurnStore inner,
    Lane lane,
    Room room,
    Function<TurnRecord, String> write,
    Function<String, TurnRecord> read)
    implements TurnStore {
  static final String KIND = "turn";

  /** What is over and waits is not replaced by what the turn was before. */
  @Override
  public void save(TurnRecord turn) {
    Optional<TurnRecord> kept = waiting(turn.owner(), it -> it.key().equals(turn.id()));
    if (!turn.state().over() && kept.filter(it -> it.state().over()).isPresent()) {
      return;
    }
    var what = new Waiting(KIND, turn.id(), turn.sessionId(), mark(turn.owner(), turn.requestId()));
    lane.put(what, write.apply(turn).getBytes(StandardCharsets.UTF_8), () -> inner.save(turn));
  }

  @Override
  public boolean isBehind() {
    return lane.isBehind();
  }

  @Override
  public void mustHaveRoom() {
    room.mustHave();
  }

  @Override
  public Optional<TurnRecord> find(Owner owner, String turnId) {
    return waiting(owner, it -> it.key().equals(turnId)).or(() -> inner.find(owner, turnId));
  }

  @Override
  public Optional<TurnRecord> findByRequest(Owner owner, String requestId) {
    return waiting(owner, it -> it.mark().equals(mark(owner, requestId)))
        .or(() -> inner.findByRequest(owner, requestId));
  }

  /** A client may call its requests whatever it likes, also as somebody else calls theirs. */
  private static String mark(Owner owner, String requestId) {
    String asked = requestId.replaceAll("\\p{Cntrl}", "?");
    return owner.organisationId() + "/" + owner.personId() + "/" + asked;
  }

  private Optional<TurnRecord> waiting(Owner owner, Predicate<Waiting> wanted) {
    return lane.find(wanted).map(Spool::text).map(read).filter(it -> it.owner().equals(owner));
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
