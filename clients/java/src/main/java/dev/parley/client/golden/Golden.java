package dev.parley.client.golden;

import dev.parley.client.Door;
import dev.parley.client.Parley;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Plays every golden conversation of a folder: {@code Golden --base http://localhost:8080 --folder
 * clients/golden [--door grpc]... [--key pk_...] [--have quota]... [--jobs 4] [NAME...]}. Prints
 * one line each; ends with 1 when one failed.
 */
public final class Golden {
  private String base = "http://localhost:8080";
  private Path folder = Path.of("clients", "golden");
  private String key = "";
  private int jobs = 4;
  private final Set<String> doors = new TreeSet<>();
  private final Set<String> have = new TreeSet<>();
  private final Set<String> names = new TreeSet<>();

  private Golden() {}

  /** Plays them. */
  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments) ? 0 : 1);
  }

  /** The same within a process; false when one failed. */
  public static boolean run(String... arguments) throws Exception {
    Golden golden = new Golden();
    var more = Arrays.asList(arguments).iterator();
    while (more.hasNext()) {
      String argument = more.next();
      switch (argument) {
        case "--base" -> golden.base = more.next();
        case "--folder" -> golden.folder = Path.of(more.next());
        case "--door" -> golden.doors.add(more.next());
        case "--key" -> golden.key = more.next();
        case "--have" -> golden.have.add(more.next());
        case "--jobs" -> golden.jobs = Integer.parseInt(more.next());
        default -> golden.names.add(argument);
      }
    }
    return golden.play();
  }

  private boolean play() throws Exception {
    List<Callable<String>> plays = new ArrayList<>();
    try (Parley parley = Parley.at(base, key);
        var threads = Executors.newFixedThreadPool(jobs)) {
      for (Script script : scripts()) {
        for (String door : script.doors()) {
          if (doors.isEmpty() || doors.contains(door)) {
            plays.add(() -> told(parley, door, script));
          }
        }
      }
      int failed = 0;
      int skipped = 0;
      for (Future<String> line : threads.invokeAll(plays)) {
        failed += line.get().startsWith("FAIL") ? 1 : 0;
        skipped += line.get().startsWith("skip") ? 1 : 0;
      }
      System.out.printf(
          "%d passed, %d failed, %d skipped%n", plays.size() - failed - skipped, failed, skipped);
      return failed == 0;
    }
  }

  private List<Script> scripts() throws IOException {
    List<Script> scripts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        Script script = Script.of(file);
        if (names.isEmpty() || names.contains(script.name())) {
          scripts.add(script);
        }
      }
    }
    return scripts;
  }

  private String told(Parley parley, String door, Script script) {
    String line = outcome(parley, door, script);
    System.out.println(line);
    return line;
  }

  private String outcome(Parley parley, String door, Script script) {
    String what = "%-20s %-10s".formatted(script.name(), door);
    if (!have.containsAll(script.needs())) {
      return "skip " + what + " needs " + script.needs();
    }
    long begin = System.nanoTime();
    try (Play play = new Play(parley, Door.named(door), script)) {
      play.run();
      return "ok   " + what + " %.1f s".formatted((System.nanoTime() - begin) / 1e9);
    } catch (Exception wrong) {
      return "FAIL " + what + " " + wrong.getMessage();
    }
  }
}
