package dev.parley.orchestrator.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.ShippedCharacters;
import dev.parley.orchestrator.conversation.Exchange;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import dev.parley.orchestrator.grounded.GroundedThinker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class OpenAiThinkerTest {
  private static final String GROUNDED = "hill town";

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile Answer answer = to -> say(to, "Hel", "lo.");

  private interface Answer {
    void give(HttpExchange to) throws Exception;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/chat/completions",
        to -> {
          bodies.add(new String(to.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          keys.add(to.getRequestHeaders().getFirst("Authorization"));
          try (to) {
            answer.give(to);
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void streamsWhatTheModelSays() {
    Heard heard = think();
    assertThat(heard.tokens).containsExactly("Hel", "lo.");
    assertThat(heard.usage).isEqualTo("12/3");
    assertThat(heard.fellBack).isEmpty();
    assertThat(keys).containsExactly("Bearer secret");
    var body = JsonParser.parseString(bodies.getFirst()).getAsJsonObject();
    assertThat(body.get("model").getAsString()).isEqualTo("a-model");
    assertThat(body.get("messages").getAsJsonArray())
        .extracting(it -> it.getAsJsonObject().get("role").getAsString())
        .containsExactly("system", "user", "assistant", "user");
  }

  @ParameterizedTest
  @CsvSource({"401, 1", "404, 1", "429, 2", "500, 2", "503, 2"})
  void fallsBackOnAnErrorAndTriesAgainWhereItMayPass(int status, int tries) {
    answer = to -> to.sendResponseHeaders(status, -1);
    Heard heard = think();
    assertThat(bodies).hasSize(tries);
    assertThat(heard.text()).contains(GROUNDED);
    assertThat(heard.fellBack).isEqualTo("grounded: the model server answered " + status);
  }

  @Test
  void theSecondTryMaySucceed() {
    answer =
        to -> {
          if (bodies.size() == 1) {
            to.sendResponseHeaders(503, -1);
          } else {
            say(to, "Here.");
          }
        };
    Heard heard = think();
    assertThat(heard.text()).isEqualTo("Here.");
    assertThat(heard.fellBack).isEmpty();
  }

  @Test
  void fallsBackWhenTheServerIsSilent() {
    answer = to -> Thread.sleep(3000);
    Heard heard = think();
    assertThat(heard.text()).contains(GROUNDED);
    assertThat(heard.fellBack).contains("silent");
  }

  @Test
  void fallsBackOnGarbage() {
    answer = to -> lines(to, "data: {not json", "data: [DONE]");
    assertThat(think().text()).contains(GROUNDED);
    answer = to -> lines(to, "<html>hello</html>");
    assertThat(think().text()).contains(GROUNDED);
    answer = to -> lines(to, "data: {\"choices\":[{\"delta\":{\"content\":{}}}]}", "data: [DONE]");
    assertThat(think().text()).contains(GROUNDED);
  }

  @Test
  void fallsBackWhenNobodyIsThere() {
    server.stop(0);
    assertThat(think().text()).contains(GROUNDED);
  }

  @Test
  void endsWithModelFailedWhenTheAnswerBreaksOff() {
    answer = to -> lines(to, chunk("Half an"));
    var heard = new Heard(false);
    assertThatThrownBy(() -> thinker().think(thought(), heard))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("MODEL_FAILED"));
    assertThat(heard.tokens).containsExactly("Half an");
    assertThat(bodies).hasSize(1);
  }

  @Test
  void endsWithModelFailedWhenTheAnswerStalls() {
    answer =
        to -> {
          to.sendResponseHeaders(200, 0);
          to.getResponseBody().write((chunk("Half an") + "\n\n").getBytes(StandardCharsets.UTF_8));
          to.getResponseBody().flush();
          Thread.sleep(3000);
        };
    assertThatThrownBy(this::think).hasMessageContaining("silent");
  }

  @Test
  void stopsWhenTheAnswerIsNoLongerWanted() {
    var heard = new Heard(true);
    thinker().think(thought(), heard);
    assertThat(heard.tokens).hasSizeLessThan(2);
    assertThat(heard.fellBack).isEmpty();
  }

  private Heard think() {
    var heard = new Heard(false);
    thinker().think(thought(), heard);
    return heard;
  }

  private OpenAiThinker thinker() {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    var short_ = Duration.ofMillis(700);
    var settings = new ModelSettings(base, "secret", "a-model", short_, short_, short_);
    return new OpenAiThinker(settings, new GroundedThinker());
  }

  private static Thought thought() {
    return new Thought(
        Owner.LOCAL,
        ShippedCharacters.all().getFirst(),
        "en-US",
        List.of(new Exchange("Hi", "Hello.")),
        List.of(),
        "Where do you live?");
  }

  private static void say(HttpExchange to, String... pieces) throws IOException {
    var lines = new java.util.ArrayList<String>();
    for (String piece : pieces) {
      lines.add(chunk(piece));
    }
    lines.add("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}");
    lines.add("data: [DONE]");
    lines(to, lines.toArray(String[]::new));
  }

  private static void lines(HttpExchange to, String... lines) throws IOException {
    to.sendResponseHeaders(200, 0);
    String all = String.join("\n\n", lines) + "\n\n";
    to.getResponseBody().write(all.getBytes(StandardCharsets.UTF_8));
  }

  private static String chunk(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}";
  }

  private static final class Heard implements TokenSink {
    final List<String> tokens = new CopyOnWriteArrayList<>();
    final boolean cancelled;
    String usage = "";
    String fellBack = "";

    Heard(boolean cancelled) {
      this.cancelled = cancelled;
    }

    String text() {
      return String.join("", tokens);
    }

    @Override
    public void token(String text) {
      tokens.add(text);
    }

    @Override
    public void usage(int inputTokens, int outputTokens) {
      usage = inputTokens + "/" + outputTokens;
    }

    @Override
    public void fellBack(String name, String cause) {
      fellBack = name + ": " + cause;
    }

    @Override
    public boolean cancelled() {
      return cancelled;
    }
  }
}
