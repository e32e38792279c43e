package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.character.InterruptionMode;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final Stage stage = new Stage();

  @Test
  void wordsMeantForTheCharacterCutItAndAreAnswered() {
    var out = stage.open();
    stage.type("count");
    stage.pass(1000);
    stage.utters("tell me about horses", 500);
    stage.pass(5000);
    var cut = out.of(Event.Interrupted.class);
    assertThat(cut).hasSize(1);
    assertThat(cut.getFirst().cause()).isEqualTo(Event.Cause.SPEECH);
    assertThat(out.of(Event.TurnStarted.class))
        .extracting(Event.TurnStarted::inputText)
        .containsExactly("count", "tell me about horses");
    assertThat(stage.thoughts.getLast().history().getLast().characterText())
        .isEqualTo(cut.getFirst().heardText());
  }

  @Test
  void aSoundOfAgreementHoldsTheCharacterAtMostAndItGoesOn() {
    var out = stage.open();
    stage.type("count");
    stage.pass(1000);
    stage.utters("uh-huh", 500);
    stage.pass(5000);
    assertThat(out.of(Event.Interrupted.class)).isEmpty();
    assertThat(out.of(Event.Resumed.class)).hasSameSizeAs(out.of(Event.Paused.class));
    assertThat(out.of(Event.TurnStarted.class)).hasSize(1);
    assertThat(out.of(Event.TurnCompleted.class).getFirst().replyText()).isEqualTo(Stage.REPLY);
  }

  @Test
  void aNoiseWithNoWordsPausesTheCharacterAndItGoesOnWhereItStopped() {
    var out = stage.open();
    stage.type("count");
    stage.pass(1000);
    stage.voiceStarts();
    stage.pass(600);
    assertThat(out.of(Event.Paused.class)).hasSize(1);
    long held = out.audioUs();
    stage.pass(500);
    assertThat(out.audioUs()).isEqualTo(held);
    stage.voiceStops();
    stage.heard("", 0);
    stage.pass(4000);
    var resumed = out.of(Event.Resumed.class);
    assertThat(resumed).hasSize(1);
    assertThat(resumed.getFirst().atUs()).isEqualTo(out.of(Event.Paused.class).getFirst().atUs());
    assertThat(out.audioUs()).isEqualTo(2_000_000);
  }

  @Test
  void aNoiseThatNeverEndsHoldsTheCharacterOnceAndNotForLong() {
    var out = stage.open();
    stage.type("count");
    stage.pass(500);
    stage.voiceStarts();
    stage.pass(6000);
    assertThat(out.of(Event.Paused.class)).hasSize(1);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void fewerWordsThanTheRuleWantsDoNotInterrupt() {
    Stage three = Stage.with(InterruptionMode.SPEECH, 3, 300);
    var out = three.open();
    three.type("count");
    three.pass(600);
    three.utters("horses please", 400);
    three.pass(100);
    assertThat(out.of(Event.Interrupted.class)).isEmpty();
    three.utters("tell me about horses", 400);
    assertThat(out.of(Event.Interrupted.class)).hasSize(1);
  }

  @Test
  void speechShorterThanTheRuleWantsDoesNotHoldTheCharacter() {
    Stage slow = Stage.with(InterruptionMode.SPEECH, 1, 1000);
    var out = slow.open();
    slow.type("count");
    slow.pass(500);
    slow.voiceStarts();
    slow.pass(900);
    slow.voiceStops();
    slow.heard("", 0);
    slow.pass(3000);
    assertThat(out.of(Event.Paused.class)).isEmpty();
  }

  @Test
  void withNoWordsNeededTheLengthAloneInterrupts() {
    Stage loud = Stage.with(InterruptionMode.SPEECH, 0, 200);
    var out = loud.open();
    loud.type("count");
    loud.pass(500);
    loud.voiceStarts();
    loud.pass(300);
    assertThat(out.of(Event.Interrupted.class)).hasSize(1);
  }

  @Test
  void byButtonOnlyTheVoiceWaitsForItsTurn() {
    Stage button = Stage.with(InterruptionMode.BUTTON, 1, 300);
    var out = button.open();
    button.type("count");
    button.pass(500);
    button.utters("tell me about horses", 500);
    assertThat(out.of(Event.Interrupted.class)).isEmpty();
    assertThat(out.of(Event.Paused.class)).isEmpty();
    button.pass(1500);
    assertThat(out.of(Event.TurnStarted.class)).hasSize(2);
    button.input(new Input.Act.Interrupt("", -1));
    assertThat(out.of(Event.Interrupted.class)).hasSize(1);
  }

  @Test
  void whereInterruptionsAreOffTheCharacterSpeaksToTheEnd() {
    Stage off = Stage.with(InterruptionMode.OFF, 1, 300);
    var out = off.open();
    off.type("count");
    off.pass(500);
    off.input(new Input.Act.Interrupt("", -1));
    off.type("and horses");
    off.utters("tell me more", 400);
    off.pass(1500);
    assertThat(out.of(Event.Interrupted.class)).isEmpty();
    assertThat(out.problems()).containsExactly("input NOT_INTERRUPTIBLE");
    off.pass(8000);
    assertThat(out.of(Event.TurnStarted.class))
        .extracting(Event.TurnStarted::inputText)
        .containsExactly("count", "and horses", "tell me more");
  }

  @Test
  void theCharactersOwnWordsComingBackAreNotThePersons() {
    var out = stage.open();
    stage.type("count");
    stage.pass(1200);
    stage.utters("two three for five", 400);
    stage.pass(4000);
    assertThat(out.of(Event.Interrupted.class)).isEmpty();
    assertThat(out.of(Event.Transcript.class)).isEmpty();
    assertThat(out.of(Event.TurnStarted.class)).hasSize(1);
  }

  @Test
  void theLastWordsComingBackAfterTheEndAreNotAQuestion() {
    var out = stage.open();
    stage.type("count");
    stage.pass(1850);
    stage.voiceStarts();
    stage.pass(400);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
    stage.voiceStops();
    stage.heard("eight nine ten", 0.8f);
    stage.pass(1000);
    assertThat(out.of(Event.TurnStarted.class)).hasSize(1);
  }

  @Test
  void whoRepeatsTheCharacterAfterItFinishedIsHeard() {
    var out = stage.open();
    stage.type("count");
    stage.pass(3500);
    stage.utters("nine ten", 400);
    assertThat(out.of(Event.TurnStarted.class)).hasSize(2);
  }

  @Test
  void aRoomThatEchoesDoesNotHoldTheCharacterAgain() {
    stage.thinks =
        (thought, sink) -> sink.token(Stage.REPLY + " " + Stage.REPLY + " " + Stage.REPLY);
    var out = stage.open();
    stage.type("count");
    stage.pass(1000);
    stage.utters("two three four", 500);
    int held = out.of(Event.Paused.class).size();
    stage.pass(500);
    stage.utters("six seven eight", 900);
    assertThat(out.of(Event.Paused.class)).hasSize(held);
  }

  @Test
  void whoGoesOnSpeakingBeforeTheAnswerBeganIsAnsweredAsAWhole() {
    stage.voice = (request, sink) -> () -> {};
    var out = stage.open();
    stage.utters("what is the weather", 500);
    stage.pass(200);
    stage.utters("in paris tomorrow", 500);
    stage.pass(100);
    assertThat(out.of(Event.TurnStarted.class))
        .extracting(Event.TurnStarted::inputText)
        .containsExactly("what is the weather", "what is the weather in paris tomorrow");
    assertThat(stage.thoughts.getLast().history()).isEmpty();
  }

  @Test
  void aQuestionCutByWhatTurnsOutToBeNothingIsStillAnswered() {
    stage.voice = (request, sink) -> () -> {};
    var out = stage.open();
    stage.utters("what is the weather", 500);
    stage.voiceStarts();
    stage.pass(400);
    stage.hears("a horse");
    stage.voiceStops();
    stage.heard("", 0);
    stage.pass(100);
    assertThat(out.of(Event.TurnStarted.class))
        .extracting(Event.TurnStarted::inputText)
        .containsExactly("what is the weather", "what is the weather");
  }
}
