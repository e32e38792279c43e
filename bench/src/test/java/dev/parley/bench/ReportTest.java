package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  @Test
  void percentilesAreValuesThatWereMeasured() {
    var hundred = Percentiles.of(DoubleStream.iterate(1, v -> v + 1).limit(100).boxed().toList());
    assertThat(hundred.at(0.5)).isEqualTo(50);
    assertThat(hundred.at(0.99)).isEqualTo(99);
    assertThat(hundred.at(1)).isEqualTo(100);
    assertThat(Percentiles.of(List.of(7.0)).at(0.99)).isEqualTo(7);
  }

  @Test
  void noMeasurementIsNotANumberAndMissesItsGoal(@TempDir Path folder) throws Exception {
    new Report("empty").atMost("p99", Percentiles.of(List.of()).at(0.99), 20, "ms").publish(folder);
    assertThat(Files.readString(folder.resolve("empty.json"))).contains("MISSED");
  }

  @Test
  void aReportKeepsItsConditionsAndSaysWhatMetItsGoal(@TempDir Path folder) throws Exception {
    new Report("short").with("asked", "why").atMost("p50", 3, 20, "ms").publish(folder);
    String json = Files.readString(folder.resolve("short.json"));
    assertThat(json).contains("\"asked\": \"why\"", "\"cores\"", "at most 20: met");
  }
}
