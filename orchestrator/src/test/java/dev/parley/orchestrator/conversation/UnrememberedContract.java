package dev.parley.orchestrator.conversation;

import static dev.parley.orchestrator.conversation.Kept.NOW;
import static dev.parley.orchestrator.conversation.Kept.OTHER;
import static dev.parley.orchestrator.conversation.Kept.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What memory did not take it gets later, also by another process. */
public abstract class UnrememberedContract {
  private static final Instant START = NOW.plusSeconds(60);

  /** An empty store of turns. */
  protected abstract TurnStore turns();

  /** Those of its turns that memory has not. */
  protected abstract Unremembered unremembered();

  @Test
  void aTurnWaitsFromItsEndUntilMemoryHasIt() {
    turns().save(turn("t1", TurnState.RUNNING, 0, ""));
    assertThat(waiting()).isEmpty();
    turns().save(turn("t1", TurnState.INTERRUPTED, 0, ""));
    turns().save(turn(OTHER, "t2", TurnState.COMPLETED, 1, ""));
    assertThat(waiting()).containsExactly("t1", "t2");

    process(new Slow(), START).remember(turn("t1", TurnState.INTERRUPTED, 0, ""));

    assertThat(waiting()).containsExactly("t2");
  }

  @Test
  void aTurnOfWhichNothingWasHeardIsNotRemembered() {
    TurnRecord it = turn("t1", TurnState.COMPLETED, 0, "");
    turns()
        .save(
            new TurnRecord(
                it.id(),
                it.owner(),
                it.sessionId(),
                it.characterId(),
                it.state(),
                it.inputText(),
                it.spokenInput(),
                "",
                it.cutText(),
                it.words(),
                it.citations(),
                it.mediaDuration(),
                it.createTime(),
                it.endTime(),
                it.receipt(),
                it.requestId()));
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whatASlowMemoryDidNotTakeBeforeTheProcessWasKilledTheNextOneOffersOnce() {
    var memory = new Slow();
    TurnRecord turn = turn("t1", TurnState.COMPLETED, 0, "");
    turns().save(turn);
    memory.refusing = Optional.of(Failure.Code.DEADLINE_EXCEEDED);
    var killed = process(memory, NOW.minusSeconds(60));
    assertThatThrownBy(() -> killed.remember(turn)).isInstanceOf(Failure.class);

    var next = process(memory, START);
    next.it().catchUp();
    assertThat(memory.taken).as("still slow").isEmpty();
    memory.refusing = Optional.empty();
    next.it().catchUp();
    next.it().catchUp();

    assertThat(memory.taken).containsExactly(turn);
  }

  @Test
  void whatEndedJustNowIsLeftToWhoIsBusyWithIt() {
    var memory = new Slow();
    turns().save(turn("t1", TurnState.COMPLETED, 0, ""));
    Instant[] now = {NOW.minusSeconds(10)};
    var recollection = new DurableRecollection(memory, unremembered(), () -> now[0]);
    now[0] = NOW.plusSeconds(2);
    recollection.catchUp();
    assertThat(memory.taken).isEmpty();
    now[0] = NOW.plusSeconds(2).plus(DurableRecollection.GRACE);
    recollection.catchUp();
    assertThat(memory.taken).hasSize(1);
  }

  @Test
  void aMemoryThatIsAwayIsAskedForOneTurnAndNotForTheRest() {
    var memory = new Slow();
    memory.refusing = Optional.of(Failure.Code.UNAVAILABLE);
    turns().save(turn("t1", TurnState.COMPLETED, 0, ""));
    turns().save(turn("t2", TurnState.COMPLETED, 1, ""));
    process(memory, START).it().catchUp();
    assertThat(memory.asked).isEqualTo(1);
    assertThat(waiting()).containsExactly("t1", "t2");
  }

  @Test
  void aTurnThatMemoryNeverTakesDoesNotHoldUpTheOthersNorComeBack() {
    var memory = new Slow();
    memory.refusing = Optional.of(Failure.Code.INVALID_ARGUMENT);
    turns().save(turn("t1", TurnState.COMPLETED, 0, ""));
    turns().save(turn("t2", TurnState.COMPLETED, 1, ""));
    process(memory, START).it().catchUp();
    assertThat(memory.asked).isEqualTo(2);
    assertThat(waiting()).isEmpty();
  }

  private List<String> waiting() {
    return unremembered().waiting(START, 10);
  }

  private Process process(Recollection memory, Instant begun) {
    return new Process(new DurableRecollection(memory, unremembered(), InstantSource.fixed(begun)));
  }

  private record Process(DurableRecollection it) {
    void remember(TurnRecord turn) {
      it.remember(turn, Optional.empty(), Duration.ofSeconds(1));
    }
  }

  /** Memory that refuses as long as it is told to. */
  private static final class Slow implements Recollection {
    final List<TurnRecord> taken = new ArrayList<>();
    Optional<Failure.Code> refusing = Optional.empty();
    int asked;

    @Override
    public List<Recalled> recall(
        Owner owner, String c, String query, int limit, String except, Duration deadline) {
      return List.of();
    }

    @Override
    public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {
      asked++;
      if (refusing.isPresent()) {
        throw Failure.of(refusing.get(), "UNAVAILABLE", "not now");
      }
      taken.add(turn);
    }

    @Override
    public void forgetSession(Owner owner, String sessionId, Duration deadline) {}
  }
}
