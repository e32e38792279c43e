package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of a session's media, and what somebody gets who comes back for it. */
class ReplayTest {
  private static final int DELIVERED_BYTES = 20_000;
  private static final SessionLog.Window WINDOW =
      new SessionLog.Window(1 << 20, DELIVERED_BYTES, Long.MAX_VALUE, 8192, Long.MAX_VALUE);
  private final Stage stage = new Stage();
  private final KeptJournal journal = new KeptJournal();

  @Test
  void whatEverybodyHasHadIsKeptInFewBytes() {
    var log = new SessionLog(WINDOW, 0);
    log.append("", -1, 0, new Event.Started("s"));
    for (int i = 2; i <= 101; i++) {
      log.append("t", i, i, audio());
      log.had(i, i);
    }
    assertThat(log.mediaBytes()).isEqualTo(DELIVERED_BYTES);
    assertThat(log.lastDroppedMedia()).isEqualTo(81);
    assertThat(log.oldestResumable()).isZero();
  }

  @Test
  void whatSomebodyHasNotHadIsKeptForThem() {
    var log = new SessionLog(WINDOW, 0);
    for (int i = 1; i <= 100; i++) {
      log.append("t", i, i, audio());
      log.had(Math.min(i, 30), i);
    }
    assertThat(log.lastDroppedMedia()).isEqualTo(10);
    log.had(1000, 200);
    assertThat(log.mediaBytes()).isEqualTo(DELIVERED_BYTES);
  }

  @Test
  void whoComesBackForMoreThanIsHeldGetsItFromTheJournalEachNumberOnce() {
    small(Optional.of(journal));
    var first = stage.open();
    stage.type("count");
    stage.pass(1500);
    List<LoggedEvent> sent = List.copyOf(first.events);
    long last = sent.get(sent.size() / 4).seq();
    var second = stage.attach("me", Session.Mode.AUTO, last, Tier.TEXT, Tier.AUDIO);
    assertThat(second.numbers()).isEqualTo(first.numbers().stream().filter(n -> n > last).toList());
    assertThat(second.problems()).isEmpty();
    stage.pass(3000);
    assertThat(second.of(Event.TurnCompleted.class)).hasSize(1);
    assertThat(second.numbers()).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void whereTheJournalIsDownTheLossIsToldAndTheRestGoesOn() {
    small(Optional.of(journal));
    journal.down = true;
    var first = stage.open();
    stage.type("count");
    stage.pass(1500);
    long last = first.numbers().get(first.numbers().size() / 4);
    var second = stage.attach("me", Session.Mode.AUTO, last, Tier.TEXT, Tier.AUDIO);
    stage.pass(3000);
    assertThat(second.problems()).contains("store REPLAY_EXPIRED");
    assertThat(second.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void whoWasCutOffGetsWithoutAJournalWhatWasMadeMeanwhile() {
    small(Optional.empty());
    var first = stage.open();
    stage.type("count");
    stage.pass(600);
    long last = first.numbers().getLast();
    stage.attachment.detach();
    stage.pass(1400);
    var second = stage.attach("me", Session.Mode.AUTO, last, Tier.TEXT, Tier.AUDIO);
    assertThat(second.problems()).isEmpty();
    assertThat(second.audioUs()).isGreaterThan(1_000_000);
    assertThat(first.audioUs() + second.audioUs()).isEqualTo(2_000_000);
  }

  @Test
  void whoIsBehindWhenATurnIsCutGetsNoMoreOfItsVoiceFromThere() {
    var out = stage.open();
    stage.type("count");
    stage.pass(300);
    out.full = true;
    stage.pass(700);
    stage.input(new Input.Act.Interrupt("", 500_000));
    out.full = false;
    stage.attachment.pump();
    stage.pass(1000);
    assertThat(out.of(Event.Interrupted.class)).hasSize(1);
    assertThat(out.audioUs()).isLessThan(700_000);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }

  private void small(Optional<Journal> kept) {
    stage.journal = kept;
    var d = SessionSettings.DEFAULTS;
    stage.settings = d.reading(d.readDeadline(), WINDOW);
  }

  private static Event audio() {
    return new Event.AudioDelta(new byte[1000], 0, 1000, 20_000);
  }
}
