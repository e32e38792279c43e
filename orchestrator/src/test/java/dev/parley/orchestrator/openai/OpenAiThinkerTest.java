package dev.parley.orchestrator.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.ShippedCharacters;
import dev.parley.orchestrator.conversation.Exchange;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.grounded.GroundedThinker;
import dev.parley.orchestrator.openai.ModelServer.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OpenAiThinkerTest {
  private static final String GROUNDED = "hill town";
  private static final Duration BRIEF = Duration.ofMillis(700);

  private ModelServer server;
  private OpenAiThinker thinker;

  @BeforeEach
  void start() throws IOException {
    server = new ModelServer();
    thinker = thinker(BRIEF, Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void streamsWhatTheModelSays() {
    Heard heard = think();
    assertThat(heard.tokens).containsExactly("Hel", "lo.");
    assertThat(heard.usage).isEqualTo("12/3");
    assertThat(heard.fellBack).isEmpty();
    assertThat(server.calls.getFirst().head())
        .startsWith("POST /v1/chat/completions HTTP/1.1")
        .contains("Authorization: Bearer secret")
        .doesNotContainIgnoringCase("upgrade");
  }

  @ParameterizedTest
  @CsvSource({"400, 1", "401, 1", "404, 1", "302, 1", "429, 2", "500, 2", "503, 2"})
  void fallsBackOnAnErrorAndTriesAgainWhereItMayPass(int status, int tries) {
    server.script = wire -> wire.status(status);
    Heard heard = think();
    assertThat(server.calls).hasSize(tries);
    assertThat(heard.text()).contains(GROUNDED);
    assertThat(heard.fellBack).isEqualTo("grounded: the model server answered " + status);
  }

  @Test
  void theSecondTryMaySucceed() {
    server.script =
        wire -> {
          if (server.calls.size() == 1) {
            wire.status(503);
          } else {
            wire.say("Here.");
          }
        };
    Heard heard = think();
    assertThat(heard.text()).isEqualTo("Here.");
    assertThat(heard.fellBack).isEmpty();
  }

  @Test
  void waitsAsLongAsTheServerAskedForWhenThatIsShort() {
    long begun = System.nanoTime();
    server.script =
        wire -> {
          if (server.calls.size() == 1) {
            wire.status(429, "Retry-After: 0.3");
          } else {
            wire.say("Here.");
          }
        };
    assertThat(think().text()).isEqualTo("Here.");
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(300_000_000);
  }

  @Test
  void leavesAServerAloneThatAsksForLonger() {
    server.script = wire -> wire.status(429, "Retry-After: 30");
    assertThat(think().fellBack).isEqualTo("grounded: the model server answered 429");
    assertThat(think().fellBack).isEqualTo("grounded: the model server asked to wait");
    assertThat(server.calls).hasSize(1);
  }

  @Test
  void fallsBackWhenTheServerTakesTheCallAndIsSilent() {
    server.script = wire -> wire.hungUp(5000);
    Heard heard = think();
    assertThat(heard.text()).contains(GROUNDED);
    assertThat(heard.fellBack).contains("silent for 700 ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {not json",
        "<html>hello</html>",
        "data: {\"choices\":[{\"delta\":{\"content\":{}}}]}",
        "data: {\"error\":{\"message\":\"no\"}}",
        "data: []",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[]},\"finish_reason\":\"tool_calls\"}]}",
        ": comment only",
        "data: [DONE]"
      })
  void fallsBackOnGarbageAndEmptyAnswers(String line) {
    server.script = wire -> wire.lines(line);
    assertThat(think().text()).contains(GROUNDED);
  }

  @Test
  void fallsBackWhenNobodyIsThere() throws IOException {
    server.close();
    assertThat(think().text()).contains(GROUNDED);
  }

  @Test
  void fallsBackWhenHalfALineIsAllThatCame() {
    server.script =
        wire -> {
          wire.begin();
          wire.send("data: {\"choices\":[{\"del");
        };
    assertThat(think().fellBack).startsWith("grounded: the model server is gone");
  }

  @Test
  void takesALineThatComesInPieces() {
    server.script =
        wire -> {
          wire.begin();
          String line = Wire.event("Grüße") + "\n\ndata: [DONE]\n\n";
          for (int i = 0; i < line.length(); i++) {
            wire.send(line.substring(i, i + 1));
          }
          wire.end();
        };
    assertThat(think().text()).isEqualTo("Grüße");
  }

  @Test
  void anAnswerThatSaysItIsFinishedNeedsNoDone() {
    server.script =
        wire ->
            wire.lines(
                Wire.event("All."),
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
    assertThat(think().text()).isEqualTo("All.");
  }

  @Test
  void endsWithModelFailedWhenTheServerIsGoneMidAnswer() {
    server.script =
        wire -> {
          wire.begin();
          wire.send(Wire.event("Half an") + "\n\n");
        };
    var heard = new Heard();
    assertThatThrownBy(() -> thinker.think(thought(), heard))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("MODEL_FAILED"));
    assertThat(heard.tokens).containsExactly("Half an");
    assertThat(server.calls).hasSize(1);
  }

  @Test
  void endsWithModelFailedWhenTheAnswerStallsAndHangsUp() throws Exception {
    var hungUp = new CompletableFuture<Boolean>();
    server.script =
        wire -> {
          wire.begin();
          wire.send(Wire.event("Half an") + "\n\n");
          hungUp.complete(wire.hungUp(5000));
        };
    assertThatThrownBy(this::think).hasMessageContaining("silent");
    assertThat(hungUp.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anAnswerThatDripsForeverEnds() {
    thinker = thinker(BRIEF, Duration.ofMillis(900));
    server.script =
        wire -> {
          wire.begin();
          while (true) {
            wire.send(Wire.event("drip ") + "\n\n");
            Thread.sleep(100);
          }
        };
    assertThatThrownBy(this::think).hasMessageContaining("the answer took 900 ms");
  }

  @Test
  void anAnswerLongerThanAskedForIsCutAndALineWithoutEndIsRefused() {
    server.script =
        wire -> {
          wire.begin();
          while (true) {
            wire.send(Wire.event("word ".repeat(50)) + "\n\n");
          }
        };
    assertThat(think().text()).hasSizeBetween(400 * 16, 400 * 16 + 250);
    server.script =
        wire -> {
          wire.begin();
          while (true) {
            wire.send("x".repeat(50_000));
          }
        };
    assertThat(think().fellBack).contains("more than an answer can be");
  }

  @Test
  void cancellingHangsUpAtOnce() throws Exception {
    var heard = new Heard();
    var hungUp = new CompletableFuture<Long>();
    server.script =
        wire -> {
          wire.begin();
          wire.send(Wire.event("Half an") + "\n\n");
          Thread.sleep(100);
          heard.cancelled = true;
          long begun = System.nanoTime();
          hungUp.complete(wire.hungUp(5000) ? System.nanoTime() - begun : Long.MAX_VALUE);
        };
    thinker(Duration.ofSeconds(20), Duration.ofSeconds(20)).think(thought(), heard);
    assertThat(heard.fellBack).isEmpty();
    assertThat(hungUp.get(5, TimeUnit.SECONDS)).isLessThan(1_000_000_000L);
  }

  @Test
  void cancellingBeforeTheFirstWordHangsUpToo() throws Exception {
    var heard = new Heard();
    var hungUp = new CompletableFuture<Boolean>();
    server.script =
        wire -> {
          Thread.sleep(100);
          heard.cancelled = true;
          hungUp.complete(wire.hungUp(5000));
        };
    thinker(Duration.ofSeconds(20), Duration.ofSeconds(20)).think(thought(), heard);
    assertThat(heard.tokens).isEmpty();
    assertThat(hungUp.get(5, TimeUnit.SECONDS)).isTrue();
  }

  private Heard think() {
    var heard = new Heard();
    thinker.think(thought(), heard);
    return heard;
  }

  private OpenAiThinker thinker(Duration silence, Duration whole) {
    var settings =
        new ModelSettings(
            server.base(), "secret", "a-model", silence, silence, silence, whole, 24_000);
    return new OpenAiThinker(settings, new GroundedThinker());
  }

  private static Thought thought() {
    return new Thought(
        Owner.LOCAL,
        ShippedCharacters.all().getFirst(),
        "en-US",
        List.of(new Exchange("Hi", "Hello.")),
        List.of(),
        List.of(),
        "Where do you live?");
  }
}
