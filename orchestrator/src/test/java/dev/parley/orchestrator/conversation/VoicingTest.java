package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VoicingTest {
  private static final int SENTENCES = 20;
  private final Stage stage = new Stage();
  private final List<String> spoken = new ArrayList<>();
  private final List<Speaker.Request> asked = new ArrayList<>();

  private Collected talkative() {
    stage.thinks = (thought, sink) -> sink.token("one two three four five. ".repeat(SENTENCES));
    stage.voice =
        (request, sink) -> {
          spoken.add(request.text());
          asked.add(request);
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
  void aVoiceThatHasNoTimeForAnotherLeavesTheAnswerInTextAndSaysWhenToComeBack() {
    var out = talkative();
    stage.voice =
        (request, sink) -> {
          sink.failed(
              Failure.of(Failure.Code.RESOURCE_EXHAUSTED, "OVERLOADED", "many wait")
                  .retryAfter(Duration.ofSeconds(3)));
          return () -> {};
        };
    stage.type("count");
    stage.pass(100);
    var problem = out.of(Event.ProblemSeen.class).getFirst();
    assertThat(problem.reason()).isEqualTo("OVERLOADED");
    assertThat(problem.part()).isEqualTo(Problem.SPEECH);
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(3));
    var done = out.of(Event.TurnCompleted.class).getFirst();
    assertThat(done.state()).isEqualTo(TurnState.COMPLETED);
    assertThat(done.replyText()).startsWith("one two three");
  }

  @Test
  void whatIsHeardFirstIsAskedForAtOnceAndTheRestWhenItsTimeComesNear() {
    talkative();
    stage.type("count");
    stage.pass(3000);
    assertThat(asked.getFirst().neededInUs()).isZero();
    assertThat(asked.getFirst().continues()).isFalse();
    assertThat(asked.subList(1, asked.size())).allMatch(Speaker.Request::continues);
    assertThat(asked.getLast().neededInUs()).isBetween(3_000_000L, 4_100_000L);
  }

  @Test
  void whatNobodyListensToGivesWayToWhatSomebodyDoes() {
    talkative();
    var request = new TurnRequest("t", "count", false, "", false, Set.of(Tier.AUDIO), "");
    stage.session.submit(request);
    stage.pass(100);
    assertThat(asked.getFirst().neededInUs()).isEqualTo(6_000_000);
    assertThat(asked.getFirst().continues()).isFalse();
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
