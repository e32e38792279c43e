package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of turns that wait and of callers that wait when a session or a turn ends. */
@Timeout(30)
class EndingTest {
  private final Stage stage = new Stage();

  @Test
  void aTurnThatIsCancelledWhileItWaitsEnds() {
    Collected out = stage.open();
    stage.type("Count.");
    stage.session.submit(asked("later"));
    stage.pass(10);
    stage.session.cancel("later");
    stage.pass(10);
    assertThat(ends(out, "later")).containsExactly(TurnState.CANCELLED);
    assertThat(stage.turns.kept.get("later").state()).isEqualTo(TurnState.CANCELLED);
    stage.pass(6000);
    assertThat(stage.thoughts).hasSize(1);
  }

  @Test
  void whatWaitsWhenTheSessionEndsIsKeptAsCancelled() {
    stage.open();
    stage.type("Count.");
    stage.session.submit(asked("later"));
    stage.pass(10);
    stage.session.end(Event.EndCause.CLIENT);
    stage.pass(10);
    assertThat(stage.turns.kept.get("later").state()).isEqualTo(TurnState.CANCELLED);
    assertThat(stage.turns.kept.get("later").inputText()).isEqualTo("Later.");
  }

  @Test
  void whoEndsASessionWhereNobodyIsAttachedIsAnswered() throws Exception {
    live();
    var end = List.of(new Input(1, new Input.Act.End()));
    assertThat(stage.session.send("me", end).get(5, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void whoAsksASessionThatIsOverIsToldSo() throws Exception {
    live();
    stage.session.shutDown(java.time.Duration.ZERO).get(5, TimeUnit.SECONDS);
    var late = stage.session.asked("r").handle((_, failure) -> failure).get(5, TimeUnit.SECONDS);
    assertThat(late)
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("SESSION_ELSEWHERE"));
  }

  @Test
  void whoLetsGoOfASessionWaitsUntilItsTurnIsKept() {
    live();
    stage.session.submit(asked("now"));
    while (!stage.turns.kept.containsKey("now")) {
      Thread.onSpinWait();
    }
    Sessions.letGo(List.of(stage.session));
    assertThat(stage.turns.kept.get("now").state().over()).isTrue();
  }

  private void live() {
    var journal = new KeptJournal();
    journal.keeper = Executors.newVirtualThreadPerTaskExecutor();
    stage.journal = Optional.of(journal);
    stage.realTime = true;
    stage.background = Executors.newVirtualThreadPerTaskExecutor();
    stage.session = stage.session(List.of(), 0);
    stage.session.opened(false);
    stage.session.start(() -> {});
  }

  private static TurnRequest asked(String id) {
    return new TurnRequest(id, "Later.", false, "", true, Set.of(), "");
  }

  private static List<TurnState> ends(Collected out, String turnId) {
    return out.events.stream()
        .filter(it -> it.turnId().equals(turnId))
        .map(LoggedEvent::event)
        .filter(Event.TurnCompleted.class::isInstance)
        .map(it -> ((Event.TurnCompleted) it).state())
        .toList();
  }
}
