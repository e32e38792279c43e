package dev.parley.e2e;

import dev.parley.mesh.Mesh;
import dev.parley.mesh.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The most memory that each process of a mesh holds while something happens, looked at twice a
 * second: its proportional set as Linux counts it, in megabytes.
 */
final class MemoryWatch implements AutoCloseable {
  private final Mesh mesh;
  private final Map<String, Long> before;
  private final Map<String, Long> most = new ConcurrentSkipListMap<>();
  private final Thread thread;

  private MemoryWatch(Mesh mesh) {
    this.mesh = mesh;
    this.before = now(mesh);
    this.thread = Thread.ofVirtual().start(this::watch);
  }

  static MemoryWatch of(Mesh mesh) {
    return new MemoryWatch(mesh);
  }

  private void watch() {
    try {
      while (true) {
        now(mesh).forEach((name, mb) -> most.merge(name, mb, Math::max));
        TimeUnit.MILLISECONDS.sleep(500);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Long> now(Mesh mesh) {
    return new TreeMap<>(
        mesh.table().stream().collect(Collectors.toMap(Row::name, it -> kilobytes(it) / 1024)));
  }

  /** 0 when it is gone. */
  private static long kilobytes(Row process) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))
          .stream()
          .filter(it -> it.startsWith("Pss:"))
          .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  /** By how much all of them together grew, at their largest. */
  long grewMb() {
    return sum(most) - sum(before);
  }

  private static long sum(Map<String, Long> them) {
    return them.values().stream().mapToLong(it -> it).sum();
  }

  @Override
  public String toString() {
    String each =
        most.entrySet().stream()
            .map(it ->
                it.getKey() + " " + before.getOrDefault(it.getKey(), 0L) + "→" + it.getValue())
            .collect(Collectors.joining(", "));
    return "memory " + sum(before) + "→" + sum(most) + " MB (" + each + ")";
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
