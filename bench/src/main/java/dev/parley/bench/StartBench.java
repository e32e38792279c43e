package dev.parley.bench;

import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Processes;
import dev.parley.bench.report.Report;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A second start on the same data: from the launcher's start to the first typed turn that is
 * answered, and the proportional memory of the whole process tree after some idle seconds. The
 * first start, which builds what is missing, is not counted.
 */
final class StartBench {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int IDLE_SECONDS = 10;
  private final HttpClient http = HttpClient.newHttpClient();

  private StartBench() {}

  static Report run(int starts) throws IOException, InterruptedException {
    var report = new Report("start").with("idle before memory is taken", IDLE_SECONDS + " s");
    var bench = new StartBench();
    Path data = Files.createTempDirectory("parley-bench");
    List<Double> seconds = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    for (int i = -1; i < starts; i++) {
      double[] one = bench.start(data);
      if (i >= 0) {
        seconds.add(one[0]);
        megabytes.add(one[1]);
      }
    }
    return report
        .figure("starts", starts, "")
        .atMost("first typed turn answered, median", Percentiles.of(seconds).at(0.5), 3, "s")
        .figure("first typed turn answered, slowest", Percentiles.of(seconds).at(1), "s")
        .atMost("PSS of the process tree, highest", Percentiles.of(megabytes).at(1), 700, "MB");
  }

  private double[] start(Path data) throws IOException, InterruptedException {
    int port = freePort();
    var command =
        List.of(
            System.getProperty("bench.launcher", "./parley"),
            "up",
            "--standalone.port=" + port,
            "--standalone.management-port=0");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PARLEY_DATA", data.toString());
    builder.redirectOutput(new File(data.toFile(), "bench.log"));
    long begun = System.nanoTime();
    Process parley = builder.start();
    try {
      awaitAnswer(port, parley);
      double seconds = (System.nanoTime() - begun) / 1e9;
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      return new double[] {seconds, Processes.treeMb(parley.toHandle())};
    } finally {
      parley.destroy();
      parley.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private void awaitAnswer(int port, Process parley) throws InterruptedException {
    var ask =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/v1/characters/ada:respond"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Hello\"}"))
            .build();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end && parley.isAlive()) {
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

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
