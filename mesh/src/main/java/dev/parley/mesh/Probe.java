package dev.parley.mesh;

import dev.parley.kit.health.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks processes whether they are well, over loopback. Thread-safe. */
final class Probe {
  /** Name of the port that is asked. */
  static final String MANAGEMENT = "management";

  private static final Duration PATIENCE = Duration.ofMillis(800);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private Probe() {}

  static boolean isReady(Child child) {
    return answers(child.launch().ports().get(MANAGEMENT), "/readyz");
  }

  /** Whether there is a 200 within a second. */
  static boolean answers(int port, String path) {
    try {
      return send(HttpRequest.newBuilder(uri(port, path)).GET()) == 200;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether there is an answer within a second that is no fault of the server. */
  static boolean isServed(int port, String path) {
    try {
      int status = send(HttpRequest.newBuilder(uri(port, path)).GET());
      return status >= 200 && status < 500;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Posts nothing, as the switches of Envoy want it. */
  static void post(int port, String path) throws IOException {
    send(HttpRequest.newBuilder(uri(port, path)).POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** What the operators' page says of a process. */
  static Part part(Child child) {
    String name = child.launch().name();
    return new Part(
        name,
        true,
        () -> {
          boolean up = isReady(child);
          return new Part.State(
              up,
              "pid %d, %s, %d restarts"
                  .formatted(child.pid(), up ? "ready" : "not ready", child.restarts()));
        });
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static int send(HttpRequest.Builder request) throws IOException {
    try {
      return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
