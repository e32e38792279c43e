package dev.parley.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import dev.parley.type.v1.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A model server that fails in every way, behind the whole product: an answer comes, and says so.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModelFaultsTest {
  /** How the model server behaves. */
  enum Mood {
    REFUSES_THE_KEY,
    ASKS_TO_WAIT,
    FAILS,
    TALKS_GARBAGE,
    HANGS_UP
  }

  @TempDir static Path folder;
  private static HttpServer model;
  private static Running parley;
  private static volatile Answer answer = ModelFaultsTest::speak;

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeAll
  static void start() throws IOException {
    model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    model.createContext(
        "/v1/chat/completions",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          answer.to(exchange);
          exchange.close();
        });
    model.start();
    String url = "http://127.0.0.1:" + model.getAddress().getPort() + "/v1";
    parley =
        Running.on(folder, "--orchestrator.model-url=" + url, "--orchestrator.model=test-model");
  }

  @AfterAll
  static void stop() {
    parley.close();
    model.stop(0);
  }

  private static void piece(HttpExchange to, String text) throws IOException {
    String json = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
    to.getResponseBody().write(("data: " + json + "\n\n").getBytes(UTF_8));
    to.getResponseBody().flush();
  }

  private static void begin(HttpExchange to) throws IOException {
    to.getResponseHeaders().set("content-type", "text/event-stream");
    to.sendResponseHeaders(200, 0);
  }

  private static void speak(HttpExchange to) throws IOException {
    begin(to);
    piece(to, "The lighthouse ");
    piece(to, "has ninety steps.");
    to.getResponseBody().write("data: [DONE]\n\n".getBytes(UTF_8));
  }

  private static void fail(HttpExchange to, Mood mood) throws IOException {
    switch (mood) {
      case REFUSES_THE_KEY -> to.sendResponseHeaders(401, -1);
      case ASKS_TO_WAIT -> {
        to.getResponseHeaders().set("retry-after", "1");
        to.sendResponseHeaders(429, -1);
      }
      case FAILS -> to.sendResponseHeaders(500, -1);
      case TALKS_GARBAGE -> {
        begin(to);
        to.getResponseBody().write("<html>no model here</html>\n\n".getBytes(UTF_8));
      }
      case HANGS_UP -> to.close();
    }
  }

  private static JsonObject ask() throws Exception {
    var answered = parley.post("/v1/characters/ada:respond", "{\"text\":\"What is your name?\"}");
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
    return JsonParser.parseString(answered.body()).getAsJsonObject().getAsJsonObject("turn");
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatFailsIsReplacedAndTheReceiptSaysWhy(Mood mood) throws Exception {
    answer = exchange -> fail(exchange, mood);
    JsonObject turn = ask();
    assertThat(turn.get("replyText").getAsString()).contains("Ada");
    JsonObject receipt = turn.getAsJsonObject("receipt");
    assertThat(receipt.get("thinker").getAsString()).contains("grounded");
    assertThat(receipt.getAsJsonArray("leftOut").toString()).contains("\"model\"");
  }

  @Test
  void aModelThatStallsMidAnswerLeavesWhatItSaidAndTheConversationGoesOn() throws Exception {
    Thread.sleep(1_500); // The model may have asked to be left alone for a second.
    answer =
        exchange -> {
          begin(exchange);
          piece(exchange, "I was about to say, ");
          try {
            Thread.sleep(20_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    parley.character("stalled", "");
    var start = Talking.with("stalled", Tier.TIER_TEXT, Tier.TIER_AUDIO).build();
    try (var talk = Carrier.WEB_SOCKET.open(parley.port(), start)) {
      talk.send(Talking.text(1, "Tell me something."));
      List<ServerEvent> events = Talking.until(talk, ServerEvent::hasTurnCompleted);
      assertThat(events)
          .filteredOn(ServerEvent::hasProblem)
          .extracting(e -> e.getProblem().getReason())
          .contains(Reason.REASON_MODEL_FAILED);
      assertThat(events.getLast().getTurnCompleted().getReplyText())
          .contains("I was about to say,");
      talk.send(Talking.text(2, "Are you there?"));
      answer = ModelFaultsTest::speak;
      assertThat(Talking.until(talk, ServerEvent::hasTurnCompleted)).isNotEmpty();
    }
  }
}
