package dev.parley.bench.load;

import dev.parley.bench.stub.StubServer;
import dev.parley.standalone.embedded.Ports;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Parley in processes of its own, on a free port of the loopback; closing it ends them. */
public final class Launched implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private Launched(ProcessBuilder command, File log, int port) throws IOException {
    this.process = command.redirectErrorStream(true).redirectOutput(log).start();
    this.port = port;
  }

  /** The product as its launcher starts it, with its data in that folder; returns at once. */
  public static Launched product(Path data) throws IOException {
    int port = Ports.free();
    var command =
        new ProcessBuilder(
            System.getProperty("bench.launcher", "./parley"),
            "up",
            "--standalone.port=" + port,
            "--standalone.management-port=0");
    command.environment().put("PARLEY_DATA", data.toString());
    return new Launched(command, data.resolve("bench.log").toFile(), port);
  }

  /** A {@link StubServer} of that kind, started as this process was; returns at once. */
  public static Launched stub(String kind) throws IOException {
    int port = Ports.free();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StubServer.class.getName(), String.valueOf(port), kind));
    File log = File.createTempFile("parley-bench", ".log");
    log.deleteOnExit();
    return new Launched(new ProcessBuilder(command), log, port);
  }

  /** Where it serves, once it does. */
  public int port() {
    return port;
  }

  /** The process that has all others as children. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Waits until a request with that body is answered with 200. */
  public void await(String path, String body) throws InterruptedException {
    var ask =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // nobody listens yet
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IllegalStateException("parley did not answer");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
