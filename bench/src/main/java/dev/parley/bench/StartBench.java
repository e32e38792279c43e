package dev.parley.bench;

import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Processes;
import dev.parley.bench.report.Report;
import dev.parley.standalone.embedded.Ports;
import java.io.File;
import java.io.IOException;
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
 * accepted and to the first that is answered aloud, and the proportional memory of the whole
 * process tree after some idle seconds. The first start, which builds what is missing, is not
 * counted.
 */
final class StartBench {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int IDLE_SECONDS = 10;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Seconds from the launcher's start, and memory when idle. */
  private record Start(double accepted, double answered, double megabytes) {}

  private StartBench() {}

  static Report run(int starts) throws IOException, InterruptedException {
    var report = new Report("start").with("idle before memory is taken", IDLE_SECONDS + " s");
    var bench = new StartBench();
    Path data = Files.createTempDirectory("parley-bench");
    List<Start> all = new ArrayList<>();
    for (int i = -1; i < starts; i++) {
      Start one = bench.start(data);
      if (i >= 0) {
        all.add(one);
      }
    }
    Percentiles accepted = Percentiles.of(all.stream().map(Start::accepted).toList());
    Percentiles answered = Percentiles.of(all.stream().map(Start::answered).toList());
    Percentiles megabytes = Percentiles.of(all.stream().map(Start::megabytes).toList());
    return report
        .figure("starts", starts, "")
        .atMost("first typed turn accepted, median", accepted.at(0.5), 3, "s")
        .figure("first typed turn accepted, slowest", accepted.at(1), "s")
        .figure("first typed turn answered aloud, median", answered.at(0.5), "s")
        .figure("first typed turn answered aloud, slowest", answered.at(1), "s")
        .atMost("PSS of the process tree, highest", megabytes.at(1), 700, "MB");
  }

  private Start start(Path data) throws IOException, InterruptedException {
    int port = Ports.free();
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
      await(port, "submit", parley);
      double accepted = (System.nanoTime() - begun) / 1e9;
      await(port, "respond", parley);
      double answered = (System.nanoTime() - begun) / 1e9;
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      return new Start(accepted, answered, Processes.treeMb(parley.toHandle()));
    } finally {
      parley.destroy();
      parley.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private void await(int port, String call, Process parley) throws InterruptedException {
    var ask =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/v1/characters/ada:" + call))
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
}
