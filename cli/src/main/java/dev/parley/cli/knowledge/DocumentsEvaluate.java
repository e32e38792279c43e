package dev.parley.cli.knowledge;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.document.v1.DocumentFilter;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.SearchMode;
import dev.parley.document.v1.SearchResult;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
  private static final int DEPTH = 10;
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

  /** A way to search; reranked means by both, ordered again by the cross-encoder. */
  private enum Way {
    LEXICAL(SearchMode.SEARCH_MODE_LEXICAL),
    DENSE(SearchMode.SEARCH_MODE_DENSE),
    HYBRID(SearchMode.SEARCH_MODE_HYBRID),
    RERANKED(SearchMode.SEARCH_MODE_HYBRID);

    private final SearchMode mode;

    Way(SearchMode mode) {
      this.mode = mode;
    }
  }

  @Override
  public Integer call() {
    List<Judged> questions = read();
    return server.use(channel -> {
      var stub = DocumentServiceGrpc.newBlockingStub(channel);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%d questions%n", questions.size());
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
    for (Way way : Way.values()) {
      Measured measured = measure(stub, questions, way, within);
      if (way != Way.RERANKED || measured.reranked) {
        print(out, way, measured);
      }
    }
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

  /** Places from 1, 0 where not found; milliseconds; and whether a cross-encoder took part. */
  private record Measured(int[] places, double[] millis, boolean reranked) {}

  private static Measured measure(
      DocumentServiceGrpc.DocumentServiceBlockingStub stub,
      List<Judged> questions,
      Way way,
      List<String> within) {
    int[] places = new int[questions.size()];
    double[] millis = new double[questions.size()];
    boolean reranked = false;
    for (int i = 0; i < questions.size(); i++) {
      var request =
          SearchDocumentsRequest.newBuilder()
              .setQuery(questions.get(i).question())
              .setMode(way.mode)
              .setRerank(way == Way.RERANKED)
              .setLimit(DEPTH)
              .setFilter(DocumentFilter.newBuilder().addAllCollectionIds(within))
              .build();
      long begun = System.nanoTime();
      var found = stub.withDeadlineAfter(30, TimeUnit.SECONDS).searchDocuments(request);
      millis[i] = (System.nanoTime() - begun) / 1e6;
      places[i] = place(questions.get(i), found.getResultsList());
      reranked |= found.getResultsList().stream().anyMatch(it -> it.getParts().getRerank() > 0);
    }
    return new Measured(places, millis, reranked);
  }

  private static int place(Judged question, List<SearchResult> found) {
    for (int i = 0; i < found.size(); i++) {
      if (question.fits(found.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, Way way, Measured it) {
    double[] recall =
        Arrays.stream(CUTS)
            .mapToDouble(cut ->
                Arrays.stream(it.places).filter(p -> p > 0 && p <= cut).count()
                    / (double) it.places.length)
            .toArray();
    double mrr =
        Arrays.stream(it.places).mapToDouble(p -> p == 0 ? 0 : 1.0 / p).average().orElse(0);
    double[] sorted = Arrays.stream(it.millis).sorted().toArray();
    out.printf(
        "%-8s %8.3f %8.3f %8.3f %9.3f %7.3f %9.1f %9.1f%n",
        way.name().toLowerCase(java.util.Locale.ROOT),
        recall[0],
        recall[1],
        recall[2],
        recall[3],
        mrr,
        sorted[sorted.length / 2],
        sorted[(int) Math.ceil(sorted.length * 0.95) - 1]);
  }
}
