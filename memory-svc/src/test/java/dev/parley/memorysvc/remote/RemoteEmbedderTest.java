package dev.parley.memorysvc.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Vector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a local server that speaks OpenAI's embeddings interface. */
class RemoteEmbedderTest {
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<JsonObject> requests = new ConcurrentLinkedQueue<>();
  private volatile String answer = "";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/embeddings", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange call) throws IOException {
    try (call) {
      JsonObject request =
          JsonParser.parseString(
                  new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
              .getAsJsonObject();
      requests.add(request);
      Integer refusal = refusals.poll();
      if (!"Bearer secret".equals(call.getRequestHeaders().getFirst("authorization"))) {
        refusal = 401;
      }
      String body =
          refusal != null
              ? "{\"error\":{\"message\":\"no, because\"}}"
              : answer.isEmpty() ? vectors(request.getAsJsonArray("input")) : answer;
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(refusal == null ? 200 : refusal, bytes.length);
      call.getResponseBody().write(bytes);
    }
  }

  /** Each text's length and 1, last text first. */
  private static String vectors(JsonArray texts) {
    StringBuilder data = new StringBuilder();
    for (int i = texts.size() - 1; i >= 0; i--) {
      data.append(data.isEmpty() ? "" : ",")
          .append("{\"index\":" + i + ",\"embedding\":[")
          .append(texts.get(i).getAsString().length() + ",1.0]}");
    }
    return "{\"data\":[" + data + "],\"model\":\"m\"}";
  }

  @Test
  void vectorsComeInTheOrderOfTheTextsInCallsOfSixtyFour() {
    List<String> texts = IntStream.range(1, 151).mapToObj("x"::repeat).toList();
    try (RemoteEmbedder embedder = open("secret", OptionalInt.empty())) {
      List<Vector> vectors = embedder.embed(texts);
      assertThat(vectors).hasSize(150);
      assertThat(vectors.get(119)).isEqualTo(Vector.of(120, 1));
      assertThat(embedder.dimensions()).isEqualTo(2);
      assertThat(embedder.model()).isEqualTo("embed-1");
    }
    assertThat(requests).hasSize(4); // One asked for the dimensions.
    assertThat(requests.peek().get("model").getAsString()).isEqualTo("embed-1");
  }

  @Test
  void whatPassesIsTriedAgain() {
    try (RemoteEmbedder embedder = open("secret", OptionalInt.of(2))) {
      refusals.addAll(List.of(503, 429));
      assertThat(embedder.embed(List.of("abc"))).containsExactly(Vector.of(3, 1));
    }
    assertThat(requests).hasSize(3);
  }

  @Test
  void whatDoesNotPassFailsAtOnceAndSaysWhy() {
    try (RemoteEmbedder embedder = open("secret", OptionalInt.of(2))) {
      refusals.add(400);
      failure("MODEL_FAILED", "400 no, because", embedder);
      assertThat(requests).hasSize(1);
      answer = "<html>";
      failure("MODEL_FAILED", "no list of vectors", embedder);
      answer = "{\"data\":[]}";
      failure("MODEL_FAILED", "lacks vectors", embedder);
      answer = "{\"data\":[{\"index\":0,\"embedding\":[1,2,3]}]}";
      failure("MODEL_FAILED", "3 numbers (expected 2)", embedder);
    }
  }

  @Test
  void aRefusedKeyIsNamed() {
    try (RemoteEmbedder embedder = open("wrong", OptionalInt.of(2))) {
      failure("MODEL_FAILED", "memory.remote-key", embedder);
    }
  }

  @Test
  void aServerThatIsSilentEndsInATimeout() {
    EmbeddingServer slow =
        new EmbeddingServer(
            address(), Optional.empty(), "m", OptionalInt.of(2), Duration.ofMillis(300));
    server.removeContext("/v1/embeddings");
    server.createContext("/v1/embeddings", call -> sleep());
    try (RemoteEmbedder embedder = RemoteEmbedder.over(slow)) {
      failure("DEADLINE_EXCEEDED", "no answer within 300 ms", embedder);
    }
  }

  @Test
  void aLongTextIsCutAndAnEmptyOneHasAMeaning() {
    try (RemoteEmbedder embedder = open("secret", OptionalInt.of(2))) {
      String pairs = "\uD83D\uDE00".repeat(8000);
      List<Vector> vectors = embedder.embed(List.of("y" + pairs, ""));
      assertThat(vectors.get(0)).isEqualTo(Vector.of(7999, 1));
      assertThat(vectors.get(1)).isEqualTo(Vector.of(1, 1));
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void failure(String reason, String message, RemoteEmbedder embedder) {
    assertThatThrownBy(() -> embedder.embed(List.of("abc")))
        .isInstanceOfSatisfying(
            Failure.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e).hasMessageContaining(message);
            });
  }

  private RemoteEmbedder open(String key, OptionalInt dimensions) {
    return RemoteEmbedder.over(
        new EmbeddingServer(
            address(), Optional.of(key), "embed-1", dimensions, Duration.ofSeconds(10)));
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/");
  }
}
