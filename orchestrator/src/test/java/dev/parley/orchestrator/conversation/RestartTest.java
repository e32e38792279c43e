package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RestartTest {
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
    assertThat(journal.after("s", 0)).extracting(LoggedEvent::seq).isEqualTo(out.numbers());
    other.type("again");
    other.pass(3000);
    assertThat(back.numbers().getFirst()).isEqualTo(out.numbers().getLast() + 1);
  }

  @Test
  void aTurnUnderWayWhenTheProcessDiedIsReportedAsCutAtWhatWentOut() throws Exception {
    var out = stage.open();
    stage.type("count");
    stage.pass(700);
    var before = List.copyOf(out.events);
    var other = restarted(before.stream().filter(e -> e.seq() > 0).toList());
    var back = other.attach("me", Session.Mode.AUTO, out.numbers().getLast(), Tier.TEXT);
    var cut = back.of(Event.Interrupted.class).getFirst();
    assertThat(cut.cause()).isEqualTo(Event.Cause.SERVER);
    assertThat(Stage.REPLY).isEqualTo(cut.heardText() + cut.cutText());
    assertThat(cut.heardText()).startsWith("one two three");
    assertThat(back.of(Event.TurnCompleted.class).getFirst().state())
        .isEqualTo(TurnState.INTERRUPTED);
    assertThat(back.of(Event.TurnCompleted.class).getFirst().replyText())
        .isEqualTo(cut.heardText());
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
    assertThat(journal.after("s", 0)).extracting(LoggedEvent::seq).isEqualTo(out.numbers());
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
    assertThat(journal.after("s", 0)).extracting(LoggedEvent::seq).isEqualTo(out.numbers());
  }

  private void stopNow() throws Exception {
    var down = stage.session.shutDown(Duration.ZERO);
    stage.session.step();
    stage.session.start(() -> {});
    down.get(10, TimeUnit.SECONDS);
  }

  private Stage restarted() {
    return restarted(new ArrayList<>(journal.after("s", 0)));
  }

  private Stage restarted(List<LoggedEvent> events) {
    Stage other = new Stage();
    other.session = other.session(List.of(), events.getLast().seq());
    other.session.restore(events);
    return other;
  }
}
