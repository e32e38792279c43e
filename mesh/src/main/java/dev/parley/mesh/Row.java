package dev.parley.mesh;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One process as it is shown.
 *
 * @param ports by what for
 * @param restarts how often it was started again
 */
public record Row(String name, long pid, Map<String, Integer> ports, boolean ready, int restarts) {

  static Row of(Child child, boolean ready) {
    return new Row(
        child.launch().name(),
        child.pid(),
        new TreeMap<>(child.launch().ports()),
        ready && child.isAlive(),
        child.restarts());
  }

  /** All of them as a table for people. */
  public static String print(List<Row> rows) {
    String head =
        "%-16s %8s  %-6s %9s  %s%n".formatted("process", "pid", "health", "restarts", "ports");
    return head
        + rows.stream()
            .map(it ->
                "%-16s %8d  %-6s %9d  %s%n"
                    .formatted(
                        it.name(), it.pid(), it.ready() ? "up" : "down", it.restarts(), it.where()))
            .collect(Collectors.joining());
  }

  private String where() {
    return ports.entrySet().stream()
        .map(it -> it.getKey() + " " + it.getValue())
        .collect(Collectors.joining(", "));
  }
}
