package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.character.InterruptionMode;
import dev.parley.orchestrator.character.InterruptionRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RestartTest {
  private static final Tier[] TEXT_AND_VOICE = {Tier.TEXT, Tier.AUDIO};
  private final Stage stage = new Stage();
  private final KeptJournal journal = new KeptJournal();

  RestartTest() {
    stage.journal = Optional.of(journal);
  }

  @Test
  void whatIsInTheJournalIsWhatWasSentAndCanBeGoneOnFromElsewhere() throws Exception {
    var out = stage.open();
    stage.type("count");
    stage.pass(3000);
    stopNow();
    var other = restarted();
    var back = other.attach("me", Session.Mode.AUTO, out.numbers().getLast(), Tier.TEXT);
    assertThat(back.failure).isEmpty();
    assertThat(journal.after(Stage.PLACE, 0)).extracting(LoggedEvent::seq).isEqualTo(out.numbers());
    other.input(99, new Input.Act.Text("again"));
    other.pass(3000);
    assertThat(back.numbers().getFirst()).isEqualTo(out.numbers().getLast() + 1);
  }

  @Test
  void aTurnUnderWayWhenTheProcessDiedGoesOnWhereItsVoiceStopped() {
    var out = stage.open();
    stage.type("count");
    stage.pass(700);
    var other = restarted();
    var back = other.attach("me", Session.Mode.AUTO, out.numbers().getLast(), TEXT_AND_VOICE);
    other.pass(3000);
    assertThat(spoken(out, back)).isEqualTo(Stage.REPLY);
    assertThat(out.audioUs() + back.audioUs()).isEqualTo(2_000_000);
    assertThat(back.of(Event.TurnCompleted.class).getFirst())
        .returns(TurnState.COMPLETED, Event.TurnCompleted::state)
        .returns(Stage.REPLY, Event.TurnCompleted::replyText);
    assertThat(back.of(Event.Interrupted.class)).isEmpty();
  }

  @Test
  void whatWasNotThoughtYetIsThoughtByWhoGoesOn() {
    stage.thinks = (_, sink) -> sink.token("one two three. ");
    var out = stage.open();
    stage.type("count");
    stage.pass(400);
    List<LoggedEvent> events = journal.after(Stage.PLACE, 0);
    Stage other = new Stage();
    other.thinks = (thought, sink) -> sink.token(thought.said() + "|four five six");
    other.session = other.session(List.of(), events.getLast().seq());
    other.session.restore(events, Optional.empty());
    var back = other.attach("me", Session.Mode.AUTO, out.numbers().getLast(), TEXT_AND_VOICE);
    other.pass(3000);
    assertThat(back.of(Event.TextDelta.class))
        .extracting(Event.TextDelta::text)
        .containsExactly("one two three. |four five six");
  }

  @Test
  void whoGoesOnKnowsTheTurnThatACallAskedTheDeadProcessFor() {
    stage.open();
    var request = new TurnRequest("t9", "count", false, "", true, Set.of(Tier.TEXT), "r9");
    var accepted = stage.session.accept(request);
    stage.pass(400);
    assertThat(accepted).isCompleted();
    var other = restarted();
    var asked = other.session.asked("r9");
    var never = other.session.asked("another");
    other.session.step();
    assertThat(asked.join().orElseThrow().turnId()).isEqualTo("t9");
    assertThat(never.join()).isEmpty();
  }

  @Test
  void whatWasTakenIsNotTakenAgainAndWhatWaitedIsAnswered() {
    stage.rule = rule(InterruptionMode.OFF);
    stage.open();
    stage.type("count");
    stage.pass(300);
    stage.type("and then");
    stage.pass(300);
    var other = restarted();
    other.rule = rule(InterruptionMode.OFF);
    var back = other.attach("me", Session.Mode.AUTO, 0, TEXT_AND_VOICE);
    other.input(2, new Input.Act.Text("and then"));
    other.pass(6000);
    assertThat(back.of(Event.TurnCompleted.class)).hasSize(2);
    assertThat(other.thoughts).extracting(Thought::input).containsExactly("and then");
  }

  private static InterruptionRule rule(InterruptionMode mode) {
    return new InterruptionRule(mode, 1, 200);
  }

  private static String spoken(Collected... parts) {
    return java.util.Arrays.stream(parts)
        .flatMap(it -> it.of(Event.WordSpoken.class).stream())
        .map(it -> it.word().text())
        .collect(Collectors.joining(" "));
  }

  @Test
  void numbersThatTheClientHasAndTheJournalNeverGotAreNotGivenTwice() {
    var other = restarted(List.of(new LoggedEvent(1, "", -1, 0, new Event.Started("s"))));
    var back = other.attach("me", Session.Mode.AUTO, 40, Tier.TEXT);
    assertThat(back.failure).isEmpty();
    other.type("count");
    other.pass(100);
    assertThat(back.numbers().getFirst()).isEqualTo(41);
  }

  @Test
  void goingAwayTellsEverybodyFinishesTheTurnAndWritesAll() throws Exception {
    var out = stage.open();
    stage.type("count");
    stage.pass(500);
    var down = stage.session.shutDown(Duration.ofSeconds(10));
    stage.pass(100);
    assertThat(out.of(Event.GoAway.class)).hasSize(1);
    assertThat(out.closed).isFalse();
    stage.pass(3000);
    assertThat(out.of(Event.TurnCompleted.class).getFirst().state()).isEqualTo(TurnState.COMPLETED);
    assertThat(out.closed).isTrue();
    assertThat(down).isNotDone();
    stage.session.start(() -> {});
    down.get(10, TimeUnit.SECONDS);
    assertThat(journal.after(Stage.PLACE, 0)).extracting(LoggedEvent::seq).isEqualTo(out.numbers());
  }

  @Test
  void aTurnLongerThanTheDeadlineIsCutAndSaysWhy() {
    var out = stage.open();
    stage.type("count");
    stage.pass(500);
    stage.session.shutDown(Duration.ofMillis(300));
    stage.pass(500);
    assertThat(out.of(Event.Interrupted.class))
        .extracting(Event.Interrupted::cause)
        .containsExactly(Event.Cause.SERVER);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
    assertThat(out.closed).isTrue();
  }

  @Test
  void aJournalThatWasDownGetsAllThatHappenedMeanwhileInOrder() throws Exception {
    journal.down = true;
    var out = stage.open();
    stage.type("count");
    stage.pass(3000);
    journal.down = false;
    stopNow();
    assertThat(journal.after(Stage.PLACE, 0)).extracting(LoggedEvent::seq).isEqualTo(out.numbers());
  }

  private void stopNow() throws Exception {
    var down = stage.session.shutDown(Duration.ZERO);
    stage.session.step();
    stage.session.start(() -> {});
    down.get(10, TimeUnit.SECONDS);
  }

  private Stage restarted() {
    return restarted(new ArrayList<>(journal.after(Stage.PLACE, 0)));
  }

  private Stage restarted(List<LoggedEvent> events) {
    Stage other = new Stage();
    other.session = other.session(List.of(), events.getLast().seq());
    other.session.restore(events, journal.state(Stage.PLACE));
    return other;
  }
}
