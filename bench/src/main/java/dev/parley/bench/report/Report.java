package dev.parley.bench.report;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one benchmark found, printed as a table and kept as JSON. Not thread-safe. */
public final class Report {
  private record Row(String what, double value, String unit, String goal) {}

  private final String name;
  private final Map<String, String> conditions = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();

  /** A report of the benchmark of that name, begun now. */
  public Report(String name) {
    this.name = name;
    conditions.putAll(Conditions.now().values());
  }

  /** How it was measured. */
  public Report with(String what, Object value) {
    conditions.put(what, String.valueOf(value));
    return this;
  }

  /** A figure that has no goal. */
  public Report figure(String what, double value, String unit) {
    rows.add(new Row(what, value, unit, ""));
    return this;
  }

  /** A figure that should not exceed a limit. */
  public Report atMost(String what, double value, double limit, String unit) {
    String met = value <= limit ? "met" : "MISSED";
    rows.add(new Row(what, value, unit, "at most %s: %s".formatted(number(limit), met)));
    return this;
  }

  /** A figure that should reach a limit. */
  public Report atLeast(String what, double value, double limit, String unit) {
    String met = value >= limit ? "met" : "MISSED";
    rows.add(new Row(what, value, unit, "at least %s: %s".formatted(number(limit), met)));
    return this;
  }

  /** Median, 99th percentile and highest. */
  public Report spread(String what, Percentiles values, String unit) {
    figure(what + " n", values.count(), "");
    figure(what + " p50", values.at(0.5), unit);
    figure(what + " p99", values.at(0.99), unit);
    return figure(what + " max", values.at(1), unit);
  }

  /** Prints it and writes {@code NAME.json} into that folder. */
  public void publish(Path folder) {
    System.out.println("\n" + name);
    conditions.forEach((key, value) -> System.out.printf("  %-28s %s%n", key, value));
    System.out.println();
    for (Row r : rows) {
      System.out.printf("  %-44s %12s %-6s %s%n", r.what, number(r.value), r.unit, r.goal);
    }
    try {
      Files.createDirectories(folder);
      var json = new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues();
      var whole = new LinkedHashMap<String, Object>();
      whole.put("name", name);
      whole.put("conditions", conditions);
      whole.put("figures", rows);
      Files.writeString(folder.resolve(name + ".json"), json.create().toJson(whole));
    } catch (IOException e) {
      System.err.println("the report could not be written: " + e.getMessage());
    }
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return whole ? "%.0f".formatted(value) : "%.4g".formatted(value);
  }
}
