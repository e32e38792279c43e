package dev.parley.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.conversation.v1.AudioDelta;
import dev.parley.conversation.v1.Interrupted;
import dev.parley.conversation.v1.Paused;
import dev.parley.conversation.v1.PlaybackAck;
import dev.parley.conversation.v1.Problem;
import dev.parley.conversation.v1.Resumed;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Transcript;
import dev.parley.conversation.v1.TurnCompleted;
import dev.parley.conversation.v1.TurnStarted;
import dev.parley.conversation.v1.TurnState;
import dev.parley.conversation.v1.WordSpoken;
import dev.parley.type.v1.MediaSpan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TellingTest {
  private final List<String> shown = new ArrayList<>();
  private final List<Long> acks = new ArrayList<>();
  private long clock;
  private Telling telling;

  @BeforeEach
  void begin() {
    telling = new Telling(new Shown(), "Ada", a -> acks.add(ack(a)), () -> clock * 1_000_000);
    take(event().setTurnStarted(TurnStarted.getDefaultInstance()));
  }

  private static long ack(PlaybackAck ack) {
    assertThat(ack.getTurnId()).isEqualTo("t1");
    return ack.getPlayedUs() / 1000;
  }

  private static ServerEvent.Builder event() {
    return ServerEvent.newBuilder().setTurnId("t1");
  }

  private void take(ServerEvent.Builder event) {
    telling.take(event.build());
  }

  private void word(String word, long fromMs, long toMs) {
    var span = MediaSpan.newBuilder().setStartUs(fromMs * 1000).setEndUs(toMs * 1000);
    take(event().setWordSpoken(WordSpoken.newBuilder().setWord(word).setSpan(span)));
  }

  private void audio(long fromMs, long ms) {
    take(
        event()
            .setMediaTimeUs(fromMs * 1000)
            .setAudioDelta(
                AudioDelta.newBuilder()
                    .setData(ByteString.copyFrom(new byte[2]))
                    .setDurationUs(ms * 1000)));
  }

  private void after(long ms) {
    clock += ms;
    telling.tick();
  }

  private void completed(TurnState state, String reply) {
    take(event().setTurnCompleted(TurnCompleted.newBuilder().setState(state).setReplyText(reply)));
  }

  @Test
  void wordsAppearWhenTheVoiceReachesThemAndAcksFollowTheClock() {
    word("Good", 0, 200);
    word("morning.", 250, 700);
    audio(0, 800);
    after(100);
    assertThat(shown).containsExactly("Ada: Good");
    assertThat(acks).isEmpty();
    after(100);
    assertThat(acks).containsExactly(200L);
    after(60);
    assertThat(shown).last().isEqualTo("Ada: Good morning.");
    completed(TurnState.TURN_STATE_COMPLETED, "Good morning.");
    assertThat(shown).last().isEqualTo("[Ada: Good morning.]");
    assertThat(telling.speaking()).isFalse();
    assertThat(telling.turnsOver()).isEqualTo(1);
  }

  @Test
  void theClockWaitsForSoundThatHasNotCome() {
    word("one", 0, 100);
    word("two", 300, 500);
    audio(0, 200);
    after(1_000);
    assertThat(shown).containsExactly("Ada: one");
    audio(200, 400);
    after(100);
    assertThat(shown).last().isEqualTo("Ada: one two");
  }

  @Test
  void aPauseHoldsTheClock() {
    word("late", 100, 200);
    audio(0, 400);
    take(event().setPaused(Paused.getDefaultInstance()));
    after(300);
    assertThat(shown).isEmpty();
    take(event().setResumed(Resumed.getDefaultInstance()));
    after(120);
    assertThat(shown).containsExactly("Ada: late");
  }

  @Test
  void anInterruptionLeavesWhatWasHeard() {
    word("heard", 0, 200);
    word("lost", 200, 600);
    audio(0, 900);
    after(300);
    take(event().setInterrupted(Interrupted.newBuilder().setAtUs(300_000)));
    completed(TurnState.TURN_STATE_INTERRUPTED, "heard");
    assertThat(shown).last().isEqualTo("[Ada: heard lost --]");
  }

  @Test
  void withoutAVoiceTheWholeTextIsShownAtTheEnd() {
    completed(TurnState.TURN_STATE_COMPLETED, "Only text.");
    assertThat(shown).containsExactly("[Ada: Only text.]");
  }

  @Test
  void whatWasUnderstoodGrowsAndThenStands() {
    take(event().setTranscript(Transcript.newBuilder().setText("what do")));
    take(event().setTranscript(Transcript.newBuilder().setText("what do you do").setFinal(true)));
    take(event().setTranscript(Transcript.newBuilder().setFinal(true)));
    take(event().setProblem(Problem.newBuilder().setMessage("the model is gone")));
    assertThat(shown)
        .containsExactly(
            "(you: what do)",
            "[you: what do you do]",
            "[(nothing was understood)]",
            "[! the model is gone]");
  }

  private final class Shown implements Screen {
    @Override
    public Typed read() {
      return new Typed.End();
    }

    @Override
    public boolean attended() {
      return true;
    }

    @Override
    public void speaking(String soFar) {
      shown.add(soFar);
    }

    @Override
    public void hearing(String soFar) {
      shown.add("(" + soFar + ")");
    }

    @Override
    public void line(String text) {
      shown.add("[" + text + "]");
    }

    @Override
    public void close() {}
  }
}
