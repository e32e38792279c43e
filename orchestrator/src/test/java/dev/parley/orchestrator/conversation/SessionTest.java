package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final Stage stage = new Stage();

  @Test
  void interruptKeepsOnlyTheWordsThatWereHeard() {
    var out = stage.open();
    stage.type("count");
    stage.pass(1000);
    String turn = out.events.getLast().turnId();
    stage.input(new Input.Act.Played(turn, 650_000));
    stage.input(new Input.Act.Interrupt("", -1));
    stage.pass(100);
    var cut = out.of(Event.Interrupted.class).getFirst();
    assertThat(cut.heardText()).isEqualTo("one two three");
    assertThat(cut.cutText()).isEqualTo(" four five six seven eight nine ten");
    TurnRecord kept = stage.turns.kept.get(turn);
    assertThat(kept.replyText()).isEqualTo("one two three");
    assertThat(kept.receipt().orElseThrow().wordsHeard()).isEqualTo(3);
    int sent = out.of(Event.AudioDelta.class).size();
    stage.pass(2000);
    assertThat(out.of(Event.AudioDelta.class)).hasSize(sent);
  }

  @Test
  void whereNoAcksComeTheClockSaysWhatWasHeardAndNotWhatWasSentAhead() {
    var out = stage.open();
    stage.type("count");
    stage.pass(700);
    assertThat(out.audioUs()).isGreaterThanOrEqualTo(900_000);
    stage.input(new Input.Act.Interrupt("", -1));
    var cut = out.of(Event.Interrupted.class).getFirst();
    assertThat(cut.heardText()).isEqualTo("one two three");
    var receipt = out.of(Event.TurnCompleted.class).getFirst().receipt().orElseThrow();
    assertThat(receipt.heardBy()).isEqualTo(Receipt.HeardBy.DELIVERED);
  }

  @Test
  void anAckBeyondWhatWasSentNeitherHurriesTheMediaNorCountsAsHeard() {
    var out = stage.open();
    stage.type("count");
    stage.pass(200);
    stage.input(new Input.Act.Played(out.events.getLast().turnId(), 1_000_000_000));
    stage.pass(20);
    assertThat(out.audioUs()).isLessThan(1_000_000);
  }

  @Test
  void mediaIsNeverMoreThanTheLeadAheadOfTheClock() {
    var out = stage.open();
    stage.type("count");
    for (int ms = 0; ms < 1900; ms += 20) {
      stage.pass(20);
      long least = Math.min(2_000_000L, ms * 1000L);
      assertThat(out.audioUs()).isBetween(least, (ms + 20 + 320) * 1000L);
    }
  }

  @Test
  void newTextWhileTheCharacterSpeaksCutsItAndIsAnswered() {
    var out = stage.open();
    stage.type("count");
    stage.pass(800);
    stage.type("horses");
    stage.pass(4000);
    assertThat(out.of(Event.Interrupted.class))
        .extracting(Event.Interrupted::cause)
        .containsExactly(Event.Cause.TEXT);
    assertThat(out.of(Event.TurnCompleted.class))
        .extracting(Event.TurnCompleted::state)
        .containsExactly(TurnState.INTERRUPTED, TurnState.COMPLETED);
  }

  @Test
  void newTextWhileTheCharacterThinksReplacesTheThoughtOfWhichNothingWasHeard() {
    stage.background = task -> {};
    var out = stage.open();
    stage.type("count");
    stage.pass(100);
    stage.type("horses");
    stage.pass(10);
    assertThat(out.of(Event.Interrupted.class).getFirst().heardText()).isEmpty();
    assertThat(out.of(Event.TurnStarted.class)).hasSize(2);
  }

  @Test
  void theSameClientNumberIsTakenOnceAndALowerOneNever() {
    var out = stage.open();
    stage.input(5, new Input.Act.Text("count"));
    stage.input(5, new Input.Act.Text("count"));
    stage.input(3, new Input.Act.Text("late"));
    stage.pass(4000);
    assertThat(out.of(Event.TurnStarted.class)).hasSize(1);
    stage.input(new Input.Act.Ping());
    stage.input(6, new Input.Act.Ping());
    assertThat(out.of(Event.Heartbeat.class).getLast().takenClientSeq()).isEqualTo(6);
  }

  @Test
  void aSessionEndsAfterItsIdleTimeoutAlsoWithAnOpenMicrophone() {
    stage.idleTimeout = Duration.ofSeconds(5);
    var out = stage.open();
    for (int i = 0; i < 60; i++) {
      stage.input(0, new Input.Act.Audio(new byte[640]));
      stage.pass(100);
    }
    assertThat(out.of(Event.Ended.class))
        .extracting(Event.Ended::cause)
        .containsExactly(Event.EndCause.IDLE);
    assertThat(out.closed).isTrue();
    assertThat(stage.session.isClosed()).isTrue();
  }

  @Test
  void whoeverSpeaksKeepsTheSessionFromEnding() {
    stage.idleTimeout = Duration.ofSeconds(5);
    var out = stage.open();
    for (int i = 0; i < 6; i++) {
      stage.utters("hello there", 300);
      stage.pass(3000);
    }
    assertThat(out.of(Event.Ended.class)).isEmpty();
  }

  @Test
  void anEndedInputIsAnsweredBeforeTheAttachmentEnds() {
    var out = stage.open();
    stage.type("count");
    stage.attachment.endInput();
    stage.pass(3000);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
    assertThat(out.of(Event.Ended.class).getFirst().cause()).isEqualTo(Event.EndCause.INPUT_ENDED);
    assertThat(out.closed).isTrue();
    assertThat(stage.session.isClosed()).isFalse();
  }
}
