package dev.parley.cli.knowledge;

import dev.parley.cli.knowledge.SearchTrial.Way;
import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.ListDocumentsRequest;
import dev.parley.document.v1.ListDocumentsResponse;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how well questions find what they should, by words, by meaning and by both. */
@Command(
    name = "evaluate",
    description = "How well questions find what they should.",
    mixinStandardHelpOptions = true)
final class DocumentsEvaluate implements Callable<Integer> {
  private static final int MOST_MISSED = 10;
  private static final int[] CUTS = {1, 3, 5, 10};

  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "QUESTIONS.jsonl", description = "A question a line, as JSON.")
  private Path file;

  @Option(names = "--collection", description = "Only of this one; may be given again.")
  private List<String> collections = List.of();

  @Option(
      names = "--each",
      description = "A table for each of the collections, to compare what their settings make.")
  private boolean each;

  @Override
  public Integer call() {
    List<Judged> questions = read();
    return server.use(channel -> {
      var stub = DocumentServiceGrpc.newBlockingStub(channel);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%d questions%n", questions.size());
      missing(stub, questions);
      if (each && !collections.isEmpty()) {
        collections.forEach(it -> table(out, stub, questions, List.of(it)));
      } else {
        table(out, stub, questions, collections);
      }
      out.flush();
      return Exit.DONE;
    });
  }

  private static void table(
      PrintWriter out,
      DocumentServiceGrpc.DocumentServiceBlockingStub stub,
      List<Judged> questions,
      List<String> within) {
    out.printf(
        "%n%s%n%-8s %8s %8s %8s %9s %7s %9s %9s%n",
        within.isEmpty() ? "all collections" : String.join(", ", within),
        "",
        "recall@1",
        "@3",
        "@5",
        "@10",
        "MRR",
        "p50 ms",
        "p95 ms");
    var trial = new SearchTrial(stub, questions, within);
    SearchTrial.Measured last = trial.by(Way.LEXICAL);
    print(out, Way.LEXICAL, last);
    for (Way way : List.of(Way.DENSE, Way.HYBRID, Way.RERANKED)) {
      SearchTrial.Measured measured = trial.by(way);
      if (way != Way.RERANKED || measured.reranked()) {
        print(out, way, measured);
        last = measured;
      }
    }
    misses(out, questions, last);
  }

  /** The questions that the best way did not answer, to look at. */
  private static void misses(PrintWriter out, List<Judged> questions, SearchTrial.Measured last) {
    List<String> missed =
        IntStream.range(0, questions.size())
            .filter(i -> last.places()[i] == 0)
            .mapToObj(i -> questions.get(i).question())
            .toList();
    if (!missed.isEmpty()) {
      out.printf("%nnot among the first %d:%n", SearchTrial.DEPTH);
      missed.stream().limit(MOST_MISSED).forEach(it -> out.println("  " + it));
      if (missed.size() > MOST_MISSED) {
        out.printf("  and %d more%n", missed.size() - MOST_MISSED);
      }
    }
  }

  /** Says which documents the questions name that are not there: they cannot be found. */
  private void missing(
      DocumentServiceGrpc.DocumentServiceBlockingStub stub, List<Judged> questions) {
    Set<String> there = new HashSet<>();
    var request = ListDocumentsRequest.newBuilder().setPageSize(200);
    ListDocumentsResponse slice;
    do {
      slice = stub.withDeadlineAfter(30, TimeUnit.SECONDS).listDocuments(request.build());
      slice
          .getDocumentsList()
          .forEach(it -> {
            there.add(it.getId());
            there.add(it.getDisplayName().toLowerCase(Locale.ROOT));
          });
      request.setPageToken(slice.getNextPageToken());
    } while (!slice.getNextPageToken().isEmpty());
    questions.stream()
        .map(Judged::document)
        .filter(it -> !it.isEmpty())
        .filter(it -> !there.contains(it) && !there.contains(it.toLowerCase(Locale.ROOT)))
        .distinct()
        .forEach(it ->
            spec.commandLine().getErr().println("parley: no document \"" + it + "\" is there"));
  }

  private List<Judged> read() {
    try {
      List<Judged> questions = new ArrayList<>();
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank()) {
          questions.add(Judged.read(line, number));
        }
      }
      if (questions.isEmpty()) {
        throw Failure.invalid(file.toString(), "no questions (expected one a line)");
      }
      return questions;
    } catch (IOException e) {
      throw Failure.invalid(file.toString(), "cannot be read");
    }
  }

  private static void print(PrintWriter out, Way way, SearchTrial.Measured it) {
    double[] recall =
        Arrays.stream(CUTS)
            .mapToDouble(cut ->
                Arrays.stream(it.places()).filter(p -> p > 0 && p <= cut).count()
                    / (double) it.places().length)
            .toArray();
    double mrr =
        Arrays.stream(it.places()).mapToDouble(p -> p == 0 ? 0 : 1.0 / p).average().orElse(0);
    double[] sorted = Arrays.stream(it.millis()).sorted().toArray();
    out.printf(
        "%-8s %8.3f %8.3f %8.3f %9.3f %7.3f %9.1f %9.1f%n",
        way.name().toLowerCase(Locale.ROOT),
        recall[0],
        recall[1],
        recall[2],
        recall[3],
        mrr,
        sorted[sorted.length / 2],
        sorted[(int) Math.ceil(sorted.length * 0.95) - 1]);
  }
}
