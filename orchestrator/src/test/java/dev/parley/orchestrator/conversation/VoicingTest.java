package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoicingTest {
  private static final int SENTENCES = 20;
  private final Stage stage = new Stage();
  private final List<String> spoken = new ArrayList<>();

  private Collected talkative() {
    stage.thinks = (thought, sink) -> sink.token("one two three four five. ".repeat(SENTENCES));
    stage.voice =
        (request, sink) -> {
          spoken.add(request.text());
          return Stage.speak(request, sink);
        };
    return stage.open();
  }

  @Test
  void aLongReplyIsMadeOnlySomeSecondsAheadOfWhatIsHeard() {
    talkative();
    stage.type("count");
    stage.pass(1000);
    assertThat(spoken.size()).isBetween(3, 7);
    stage.input(new Input.Act.Interrupt("", -1));
    int made = spoken.size();
    stage.pass(5000);
    assertThat(spoken).hasSize(made);
  }

  @Test
  void aReplyThatIsMadeBitByBitIsSpokenWithoutAGap() {
    var out = talkative();
    stage.type("count");
    stage.pass(SENTENCES * 1000 + 1000);
    assertThat(spoken).hasSize(SENTENCES);
    assertThat(out.audioUs()).isEqualTo(SENTENCES * 1_000_000L);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
    assertThat(out.of(Event.ProblemSeen.class)).isEmpty();
  }

  @Test
  void aPauseLongerThanAVoiceMayStallFailsNoVoice() {
    var out = talkative();
    stage.voice = (request, sink) -> Stage.speak(request, sink);
    stage.thinks = (thought, sink) -> sink.token("one ".repeat(70).strip() + ". two three. ");
    stage.type("count");
    stage.pass(20_000);
    assertThat(out.of(Event.ProblemSeen.class)).isEmpty();
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }
}
