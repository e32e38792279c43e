package dev.parley.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What processes cost, from the kernel's own counters (Linux). */
public final class Processes {
  private static final double TICKS_A_SECOND = 100;

  private Processes() {}

  /** Proportional set size of a process and all below it, in MB. */
  public static double treeMb(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
        .mapToDouble(p -> pssMb(p.pid()))
        .sum();
  }

  /** User and system time of a process and all below it, in seconds. */
  public static double treeCpuSeconds(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
        .mapToDouble(p -> cpuSeconds(p.pid()))
        .sum();
  }

  /** Most memory a process ever held, in MB; 0 when it is gone. */
  public static double peakMb(long pid) {
    return mb("/proc/" + pid + "/status", "VmHWM:");
  }

  private static double pssMb(long pid) {
    return mb("/proc/" + pid + "/smaps_rollup", "Pss:");
  }

  private static double mb(String file, String name) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]) / 1024)
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static double cpuSeconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    } catch (IOException gone) {
      return 0;
    }
  }
}
