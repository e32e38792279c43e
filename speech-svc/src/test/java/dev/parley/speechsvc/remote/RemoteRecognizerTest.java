package dev.parley.speechsvc.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.recognition.Adaptation;
import dev.parley.speechsvc.recognition.Hypothesis;
import dev.parley.speechsvc.recognition.NoRecognizer;
import dev.parley.speechsvc.recognition.Parrot;
import dev.parley.speechsvc.recognition.Recognizer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transcription server on a real port, which answers as each test tells it. */
@Timeout(30)
class RemoteRecognizerTest {

  private static final String VERBOSE =
      """
      {"task":"transcribe","text":" Where is the library? ","segments":[{"avg_logprob":-0.105,
      "no_speech_prob":0.01}],"words":[{"word":"Where","start":0.1,"end":0.4},
      {"word":"is","start":0.4,"end":0.5},{"word":"the","start":0.5,"end":0.6},
      {"word":"library","start":0.6,"end":9.0}]}\
      """;

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer http;

  private interface Answer {
    void give(HttpExchange exchange, int attempt) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    http.stop(0);
  }

  @Test
  void theServerGetsAWavWithModelAndLanguageAndItsWordsAreTaken() {
    answers((exchange, attempt) -> send(exchange, 200, VERBOSE));
    var remote = remote(new Parrot("where is the liberty"), 5000);
    try (var utterance = remote.begin("en-GB", new Adaptation())) {
      assertThat(utterance.accept(new short[16_000]).text()).isEqualTo("where is the liberty");
      utterance.accept(new short[16_000]);
      var heard = utterance.finish();
      assertThat(heard.text()).isEqualTo("Where is the library?");
      assertThat(heard.confidence()).isBetween(0.89, 0.91);
      assertThat(heard.words()).hasSize(4);
      assertThat(heard.words().getFirst().startUs()).isEqualTo(100_000);
      assertThat(heard.words().getLast().endUs()).isEqualTo(2_000_000);
      assertThat(utterance.engine()).isEqualTo("remote:whisper-1");
    }
    assertThat(keys).containsExactly("Bearer secret");
    assertThat(requests.getFirst())
        .contains("name=\"model\"\r\n\r\nwhisper-1\r\n")
        .contains("name=\"language\"\r\n\r\nen\r\n")
        .contains("name=\"response_format\"\r\n\r\nverbose_json\r\n")
        .contains("filename=\"speech.wav\"")
        .contains("RIFF")
        .hasSizeGreaterThan(64_000);
    assertThat(remote.trouble()).isEmpty();
  }

  @Test
  void aServerThatKnowsNoVerboseFormIsAskedPlainly() {
    answers((exchange, attempt) -> {
      boolean verbose = requests.getLast().contains("verbose_json");
      send(exchange, verbose ? 400 : 200, verbose ? "{}" : "{\"text\":\"good morning\"}");
    });
    var remote = remote(new Parrot("x"), 5000);
    assertThat(hear(remote).words()).hasSize(2);
    hear(remote);
    assertThat(requests).hasSize(3);
  }

  @Test
  void aPassingErrorIsTriedAgainOnce() {
    answers((exchange, attempt) -> send(exchange, attempt == 1 ? 503 : 200, VERBOSE));
    var remote = remote(new Parrot("x"), 5000);
    assertThat(hear(remote).text()).isEqualTo("Where is the library?");
    assertThat(requests).hasSize(2);
  }

  @Test
  void errorsAndGarbageFallBackToTheLocalWordsAndSaySo() {
    for (int status : new int[] {401, 404, 429, 500}) {
      answers((exchange, attempt) -> send(exchange, status, "no"));
      assertThat(engineAfter(remote(new Parrot("local words"), 5000), "local words"))
          .isEqualTo("parrot (remote:whisper-1 answered " + status + ")");
    }
    for (var garbage : List.of("", "<html>", "[]", "{\"text\":7", "{}", "{\"text\":{}}")) {
      answers((exchange, attempt) -> send(exchange, 200, garbage));
      assertThat(engineAfter(remote(new Parrot("local words"), 5000), "local words"))
          .isEqualTo("parrot (remote:whisper-1 answered something that is no transcription)");
    }
  }

  @Test
  void anAnswerWithoutEndIsNotReadToItsEnd() {
    answers((exchange, attempt) -> {
      exchange.sendResponseHeaders(200, 0);
      var chunk = new byte[1 << 16];
      while (over.getCount() > 0) {
        exchange.getResponseBody().write(chunk);
      }
    });
    assertThat(engineAfter(remote(new Parrot("local words"), 5000), "local words"))
        .startsWith("parrot (remote:whisper-1 ");
  }

  @Test
  void aServerThatStallsIsLeftAfterTheTimeout() {
    answers((exchange, attempt) -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write("{\"text\":".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      over.await();
    });
    assertThat(engineAfter(remote(new Parrot("local words"), 300), "local words"))
        .isEqualTo("parrot (remote:whisper-1 no answer within 300 ms)");
  }

  @Test
  void aServerThatIsGoneIsLeftAloneAfterAFewFailures() {
    http.stop(0);
    var remote = remote(new Parrot("local words"), 5000);
    for (int i = 0; i < 3; i++) {
      assertThat(engineAfter(remote, "local words")).contains("ConnectException");
    }
    assertThat(engineAfter(remote, "local words")).contains("resting");
    assertThat(remote.trouble()).isPresent();
  }

  @Test
  void withoutALocalEngineTheFailureNamesBoth() {
    answers((exchange, attempt) -> send(exchange, 401, "no"));
    var remote = remote(new NoRecognizer("not installed"), 5000);
    assertThatThrownBy(() -> hear(remote))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("answered 401")
        .hasMessageContaining("not installed")
        .hasMessageNotContaining("secret");
    answers((exchange, attempt) -> send(exchange, 200, VERBOSE));
    assertThat(hear(remote).words()).hasSize(4);
  }

  @Test
  void silenceThatAServerMadeWordsOfIsNothing() {
    answers((exchange, attempt) ->
        send(exchange, 200, "{\"text\":\"Thank you.\",\"segments\":[{\"no_speech_prob\":0.95}]}"));
    assertThat(hear(remote(new Parrot("x"), 5000))).isEqualTo(Hypothesis.NOTHING);
  }

  private static Hypothesis hear(Recognizer recognizer) {
    try (var utterance = recognizer.begin("", new Adaptation())) {
      utterance.accept(new short[8000]);
      return utterance.finish();
    }
  }

  private static String engineAfter(Recognizer recognizer, String words) {
    try (var utterance = recognizer.begin("", new Adaptation())) {
      utterance.accept(new short[8000]);
      assertThat(utterance.finish().text()).isEqualTo(words);
      return utterance.engine();
    }
  }

  private RemoteRecognizer remote(Recognizer local, int timeoutMs) {
    var base = "http://127.0.0.1:" + http.getAddress().getPort() + "/v1/";
    var server =
        new TranscriptionServer(
            base, Optional.of("secret"), "whisper-1", Duration.ofMillis(timeoutMs));
    return new RemoteRecognizer(server, local);
  }

  private void answers(Answer answer) {
    requests.clear();
    try {
      http.removeContext("/v1/audio/transcriptions");
    } catch (IllegalArgumentException first) {
      assertThat(requests).isEmpty();
    }
    http.createContext(
        "/v1/audio/transcriptions",
        exchange -> {
          try (exchange) {
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            requests.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            answer.give(exchange, requests.size());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
