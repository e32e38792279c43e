package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskingBackTest {
  private final Stage stage = new Stage();

  @Test
  void anUncertainTranscriptIsShownAsSuchAndAskedBackAndAYesIsTheAnswer() {
    var out = stage.open();
    stage.voiceStarts();
    stage.heard("horses in rome", 0.1f);
    stage.pass(5000);
    assertThat(out.of(Event.Transcript.class).getLast().uncertain()).isTrue();
    assertThat(out.of(Event.TurnCompleted.class).getFirst().replyText())
        .contains("Did you say: horses in rome?");
    stage.utters("yes", 300);
    stage.pass(100);
    assertThat(out.of(Event.TurnStarted.class).getLast().inputText()).isEqualTo("horses in rome");
  }

  @Test
  void anUncertainYesIsAYesToo() {
    var out = stage.open();
    stage.voiceStarts();
    stage.heard("horses in rome", 0.3f);
    stage.pass(5000);
    stage.voiceStarts();
    stage.heard("yeah", 0.3f);
    stage.pass(100);
    assertThat(out.of(Event.TurnStarted.class).getLast().inputText()).isEqualTo("horses in rome");
  }

  @Test
  void aYesToNothingIsAskedBackLikeAnythingElse() {
    var out = stage.open();
    stage.voiceStarts();
    stage.heard("yeah", 0.3f);
    stage.pass(5000);
    assertThat(out.of(Event.TurnCompleted.class).getFirst().replyText())
        .contains("Did you say: yeah?");
  }
}
