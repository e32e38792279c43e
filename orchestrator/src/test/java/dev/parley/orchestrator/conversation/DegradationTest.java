package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DegradationTest {
  private static final Failure GONE = Failure.of(Failure.Code.UNAVAILABLE, "UNAVAILABLE", "gone");
  private final Stage stage = new Stage();

  @Test
  void aVoiceThatIsGoneLeavesTheTextAndSaysSo() {
    stage.voice = refusing();
    var out = stage.open();
    stage.type("count");
    stage.pass(4000);
    assertThat(out.problems()).containsExactly("speech SPEECH_FAILED");
    assertThat(out.of(Event.TurnCompleted.class).getFirst().replyText()).isEqualTo(Stage.REPLY);
  }

  @Test
  void aVoiceThatStallsIsGivenUpAfterItsDeadline() {
    stage.voice = (request, sink) -> () -> {};
    var out = stage.open();
    stage.type("count");
    stage.pass(11_000);
    assertThat(out.problems()).containsExactly("speech SPEECH_FAILED");
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void aVoiceThatDiesMidTurnIsPlayedAsFarAsItCameAndTheTextGoesOn() {
    stage.thinks = (thought, sink) -> sink.token("One two three. Four five six.");
    int[] calls = {0};
    stage.voice =
        (request, sink) ->
            calls[0]++ == 0 ? Stage.speak(request, sink) : refusing().speak(request, sink);
    var out = stage.open();
    stage.type("count");
    stage.pass(5000);
    assertThat(out.audioUs()).isEqualTo(600_000);
    var done = out.of(Event.TurnCompleted.class).getFirst();
    assertThat(done.replyText()).isEqualTo("One two three. Four five six.");
    assertThat(done.receipt().orElseThrow().leftOut())
        .extracting(Receipt.LeftOut::part)
        .containsExactly("speech");
  }

  @Test
  void aFaceThatIsGoneLeavesTheVoice() {
    stage.animator =
        Optional.of((request, sink) -> {
          sink.failed(GONE);
          return Silent.ANIMATION;
        });
    var out = faced();
    stage.type("count");
    stage.pass(3000);
    assertThat(out.problems()).containsExactly("render RENDER_FAILED");
    assertThat(out.audioUs()).isEqualTo(2_000_000);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void aFaceThatNeverBeginsHoldsNothingUp() {
    stage.animator = Optional.of((request, sink) -> Silent.ANIMATION);
    var out = faced();
    stage.type("count");
    stage.pass(4000);
    assertThat(out.problems()).containsExactly("render RENDER_FAILED");
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void aMemoryThatDoesNotAnswerIsLeftOutAndNamed() {
    stage.recollection = Optional.of(Silent.MEMORY);
    var out = stage.open();
    stage.type("count");
    stage.pass(3000);
    assertThat(out.problems()).startsWith("memory LEFT_OUT");
    assertThat(out.of(Event.TurnCompleted.class).getFirst().state()).isEqualTo(TurnState.COMPLETED);
  }

  @Test
  void aThinkerThatFailsMidAnswerKeepsWhatItSaid() {
    stage.thinks =
        (thought, sink) -> {
          sink.token("One two three. ");
          throw Failure.of(Failure.Code.UNAVAILABLE, "MODEL_FAILED", "hung up");
        };
    var out = stage.open();
    stage.type("count");
    stage.pass(2000);
    assertThat(out.problems()).containsExactly("model MODEL_FAILED");
    var done = out.of(Event.TurnCompleted.class).getFirst();
    assertThat(done.state()).isEqualTo(TurnState.COMPLETED);
    assertThat(done.replyText()).isEqualTo("One two three. ");
  }

  @Test
  void aThinkerThatSaysNothingFailsTheTurnAfterItsDeadlineAndTheNextOneIsAnswered() {
    stage.thinks = (thought, sink) -> sink.cancelled();
    stage.background = task -> {};
    var out = stage.open();
    stage.type("count");
    stage.pass(21_000);
    assertThat(out.problems()).containsExactly("model DEADLINE_EXCEEDED");
  }

  @Test
  void aTurnTheDatabaseDoesNotTakeIsOfferedAgainUntilItDoes() throws Exception {
    var out = stage.open();
    stage.turns.refusals = 2;
    stage.type("count");
    stage.pass(3000);
    assertThat(out.problems()).containsExactly("store STORE_FAILED");
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
    assertThat(stage.turns.over.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aHistoryThatWaitsForItsStoreIsToldAndTheAnswerGoesOn() {
    var out = stage.open();
    stage.turns.behind = true;
    stage.type("count");
    stage.pass(3000);
    assertThat(out.problems()).containsExactly("store STORE_FAILED");
    assertThat(out.of(Event.ProblemSeen.class).getFirst().message())
        .contains("history is delayed", "nothing is lost");
    assertThat(out.of(Event.TurnCompleted.class).getFirst().replyText()).isEqualTo(Stage.REPLY);
  }

  @Test
  void whenTooMuchWaitsNewTurnsAreRefusedByNameTypedAndSpokenAndAreTakenAgainLater() {
    var out = stage.open();
    stage.turns.full = true;
    stage.type("count");
    stage.utters("What is a lighthouse?", 600);
    stage.pass(2000);
    assertThat(out.problems()).containsExactly("input STORE_FAILED", "store STORE_FAILED");
    assertThat(out.of(Event.TurnStarted.class)).isEmpty();
    stage.turns.full = false;
    stage.type("count");
    stage.pass(3000);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void anEarThatFailsIsOpenedAgainAfterAPauseAndTellsItOnce() {
    var out = stage.open();
    stage.input(0, new Input.Act.Audio(new byte[640]));
    stage.ear.orElseThrow().failed(GONE);
    for (int i = 0; i < 100; i++) {
      stage.input(0, new Input.Act.Audio(new byte[640]));
      stage.pass(20);
    }
    assertThat(stage.earsOpened).isEqualTo(2);
    assertThat(out.problems()).containsExactly("speech RECOGNITION_FAILED");
    stage.ear.orElseThrow().speechStarted(1_000_000);
    stage.session.step();
    assertThat(out.of(Event.SpeechStarted.class).getFirst().inputTimeUs())
        .isBetween(2_000_000L, 2_300_000L);
  }

  private Collected faced() {
    stage.open();
    return stage.attach("me", Session.Mode.AUTO, 1, Tier.TEXT, Tier.AUDIO, Tier.FACE);
  }

  private static Speaker refusing() {
    return (request, sink) -> {
      sink.failed(GONE);
      return () -> {};
    };
  }

  /** Engines that never say anything. */
  private static final class Silent {
    static final Animator.Animation ANIMATION =
        new Animator.Animation() {
          @Override
          public void speech(List<Viseme> v, List<Word> w, byte[] pcm, long coveredUs) {}

          @Override
          public void advance(long toUs, Animator.Mood mood) {}

          @Override
          public void end() {}

          @Override
          public void cancel() {}
        };

    static final Recollection MEMORY =
        new Recollection() {
          @Override
          public List<Recalled> recall(
              Owner owner, String c, String query, int limit, String except, Duration deadline) {
            throw Failure.of(Failure.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "late");
          }

          @Override
          public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {
            throw GONE;
          }

          @Override
          public void forgetSession(Owner owner, String sessionId, Duration deadline) {}
        };
  }
}
