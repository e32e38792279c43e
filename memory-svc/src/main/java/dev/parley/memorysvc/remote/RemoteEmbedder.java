package dev.parley.memorysvc.remote;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Vector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Meanings from a server that speaks OpenAI's embeddings interface. A call that failed for now (no
 * connection, 408, 429, 5xx) is made again for 5 seconds; then it fails with {@code MODEL_FAILED},
 * one that took too long with {@code DEADLINE_EXCEEDED}, a key that is refused with {@code
 * FAILED_PRECONDITION}. Blocks; safe for use by many threads.
 */
public final class RemoteEmbedder implements Embedder {
  /** Texts in one call. */
  private static final int BATCH = 64;

  /** Servers refuse texts they cannot read whole, so the end of a longer one is not sent. */
  static final int MOST_CHARACTERS = 8000;

  private static final Retry RETRY =
      new Retry(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(5));

  private final EmbeddingServer server;
  private final HttpClient http;
  private final int dimensions;

  private RemoteEmbedder(EmbeddingServer server, HttpClient http, int dimensions) {
    this.server = server;
    this.http = http;
    this.dimensions = dimensions;
  }

  /**
   * An embedder over a server. Where the dimensions are declared it need not be there yet.
   *
   * @throws Failure when the dimensions are not declared and it cannot be asked
   */
  public static RemoteEmbedder over(EmbeddingServer server) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(server.timeout())
            .build();
    int dimensions =
        server
            .dimensions()
            .orElseGet(() ->
                new RemoteEmbedder(server, http, 0).call(List.of("one")).getFirst().dimensions());
    return new RemoteEmbedder(server, http, dimensions);
  }

  @Override
  public String model() {
    return server.model();
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<Vector> embed(List<String> texts) {
    List<Vector> vectors = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<String> part = texts.subList(from, Math.min(from + BATCH, texts.size()));
      List<String> sent = part.stream().map(RemoteEmbedder::cut).toList();
      vectors.addAll(call(sent));
    }
    for (Vector vector : vectors) {
      if (vector.dimensions() != dimensions) {
        throw EmbeddingAnswer.failed(
            vector.dimensions() + " numbers (expected " + dimensions + ")");
      }
    }
    return vectors;
  }

  @Override
  public void close() {
    http.close();
  }

  private List<Vector> call(List<String> texts) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(server.url().toString().replaceAll("/+$", "") + "/embeddings"))
            .timeout(server.timeout())
            .header("content-type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    EmbeddingAnswer.request(server.model(), texts)));
    server.key().ifPresent(key -> request.header("authorization", "Bearer " + key));
    return RETRY.run(() -> once(request.build(), texts.size()), RemoteEmbedder::passes);
  }

  private List<Vector> once(HttpRequest request, int count) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        return EmbeddingAnswer.vectors(response.body(), count);
      }
      throw refused(response);
    } catch (HttpTimeoutException e) {
      throw Failure.of(
              Failure.Code.DEADLINE_EXCEEDED,
              "DEADLINE_EXCEEDED",
              "embedding server: no answer within " + server.timeout().toMillis() + " ms")
          .causedBy(e);
    } catch (IOException e) {
      throw passing(EmbeddingAnswer.failed("not reached at " + server.url()).causedBy(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "INTERNAL", "interrupted while embedding");
    }
  }

  private static Failure refused(HttpResponse<String> response) {
    int status = response.statusCode();
    String message = status + " " + EmbeddingAnswer.reason(response.body());
    if (status == 401 || status == 403) {
      return Failure.of(
          Failure.Code.FAILED_PRECONDITION,
          "MODEL_FAILED",
          "embedding server: " + message + " (is memory.remote-key right?)");
    }
    Failure failure = EmbeddingAnswer.failed(message);
    return status == 408 || status == 429 || status >= 500 ? passing(failure) : failure;
  }

  private static Failure passing(Failure failure) {
    return failure.retryAfter(Duration.ofSeconds(1));
  }

  private static boolean passes(RuntimeException e) {
    return e instanceof Failure failure
        && failure.retryAfter().equals(Optional.of(Duration.ofSeconds(1)));
  }

  private static String cut(String text) {
    if (text.isEmpty()) {
      return " "; // Servers refuse nothing at all.
    }
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
    return text.substring(0, pair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
  }
}
