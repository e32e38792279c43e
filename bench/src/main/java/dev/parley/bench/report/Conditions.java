package dev.parley.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and when something was measured. */
public record Conditions(Map<String, String> values) {
  /** Of this machine, now. */
  public static Conditions now() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    values.put("commit", System.getProperty("bench.commit", "unknown"));
    values.put("cpu", cpu());
    values.put("cores", "" + Runtime.getRuntime().availableProcessors());
    values.put("java", Runtime.version().toString());
    values.put("load (1 min, before)", load());
    return new Conditions(values);
  }

  private static String load() {
    return "%.2f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String cpu() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException unreadable) {
      return System.getProperty("os.arch");
    }
  }
}
