package dev.parley.bench;

import dev.parley.bench.load.Launched;
import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Processes;
import dev.parley.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final int IDLE_SECONDS = 10;
  private static final String HELLO = "{\"text\":\"Hello\"}";

  /** Seconds from the launcher's start, and memory when idle. */
  private record Start(double accepted, double answered, double megabytes) {}

  private StartBench() {}

  static Report run(int starts) throws IOException, InterruptedException {
    var report = new Report("start").with("idle before memory is taken", IDLE_SECONDS + " s");
    Path data = Files.createTempDirectory("parley-bench");
    List<Start> all = new ArrayList<>();
    for (int i = -1; i < starts; i++) {
      Start one = start(data);
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

  private static Start start(Path data) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (var parley = Launched.product(data)) {
      parley.await("/v1/characters/ada:submit", HELLO);
      double accepted = (System.nanoTime() - begun) / 1e9;
      parley.await("/v1/characters/ada:respond", HELLO);
      double answered = (System.nanoTime() - begun) / 1e9;
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      return new Start(accepted, answered, Processes.treeMb(parley.process()));
    }
  }
}
