package dev.parley.bench;

import dev.parley.bench.report.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Runs one benchmark by name; prints a table and writes {@code NAME.json}. */
public final class Main {
  private static final String NAMES =
      "answer, interrupt, growth, start, edge, avatars, documents, search, embed, kernels";

  private Main() {}

  /**
   * A name, then {@code --long} for the whole of it; {@code --passages=} to look through after
   * {@code answer}; numbers of sessions after {@code interrupt}, of passages after {@code search},
   * and {@code --folder=} to fill once and keep; a Python to compare with after {@code embed};
   * JMH's own options after {@code kernels}.
   */
  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? "" : arguments[0];
    if (!List.of(NAMES.split(", ")).contains(name)) {
      System.err.println("parley bench: '" + name + "' (expected one of " + NAMES + ")");
      System.exit(2);
    }
    List<String> rest = Arrays.stream(arguments).skip(1).toList();
    boolean whole = rest.contains("--long");
    if (name.equals("kernels")) {
      org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
      return;
    }
    Report report =
        switch (name) {
          case "answer" ->
              option(rest, "--passages=").isEmpty()
                  ? AnswerBench.run(whole ? 100 : 15)
                  : AnswerBench.knowing(
                      whole ? 100 : 15, Integer.parseInt(option(rest, "--passages=")));
          case "interrupt" -> InterruptBench.run(whole ? 500 : 40, numbers(rest, List.of(1, 100)));
          case "growth" -> GrowthBench.run(whole ? 10_000 : 500, whole ? 1000 : 100);
          case "avatars" -> AvatarBench.run(whole ? 20 : 6);
          case "documents" ->
              whole ? DocumentBench.run(2000, 200, 400) : DocumentBench.run(300, 20, 60);
          case "search" ->
              SearchBench.run(
                  numbers(rest, whole ? List.of(10_000, 100_000, 1_000_000) : List.of(100_000)),
                  whole ? 1000 : 300,
                  option(rest, "--folder="));
          case "embed" -> EmbedBench.run(whole ? 2000 : 200, words(rest));
          case "edge" ->
              EdgeBench.run(
                  whole ? 3 : 2,
                  seconds(whole ? 25 : 12),
                  seconds(whole ? 5 : 3),
                  seconds(whole ? 8 : 5));
          case "start" -> StartBench.run(whole ? 10 : 3);
          default -> throw new IllegalStateException(name);
        };
    report.publish(Path.of(System.getProperty("bench.results", "bench/target/results")));
    System.exit(0);
  }

  private static Duration seconds(int many) {
    return Duration.ofSeconds(many);
  }

  private static String words(List<String> given) {
    return given.stream().filter(it -> !it.startsWith("--")).findFirst().orElse("");
  }

  private static String option(List<String> given, String name) {
    return given.stream()
        .filter(it -> it.startsWith(name))
        .map(it -> it.substring(name.length()))
        .findFirst()
        .orElse("");
  }

  private static List<Integer> numbers(List<String> given, List<Integer> others) {
    List<Integer> numbers =
        given.stream().filter(g -> !g.startsWith("--")).map(Integer::valueOf).toList();
    return numbers.isEmpty() ? others : numbers;
  }
}
