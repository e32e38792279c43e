package dev.parley.cli.knowledge;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.document.v1.DocumentFilter;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.SearchResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds passages and says why they were found. */
@Command(name = "search", description = "Passages that answer.", mixinStandardHelpOptions = true)
final class DocumentsSearch implements Callable<Integer> {
  private static final int SHOWN = 300;

  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "QUESTION", description = "What to find.")
  private String question;

  @Option(names = "--collection", description = "Only of this one; may be given again.")
  private List<String> collections = List.of();

  @Option(names = "--limit", defaultValue = "5", description = "At most so many (5).")
  private int limit;

  @Override
  public Integer call() {
    return server.use(channel -> {
      PrintWriter out = spec.commandLine().getOut();
      var answer =
          DocumentServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .searchDocuments(
                  SearchDocumentsRequest.newBuilder()
                      .setQuery(question)
                      .setLimit(limit)
                      .setFilter(DocumentFilter.newBuilder().addAllCollectionIds(collections))
                      .build());
      answer.getResultsList().forEach(it -> print(out, it));
      out.flush();
      if (answer.getResultsCount() == 0) {
        spec.commandLine().getErr().println("parley: nothing found");
      }
      answer
          .getLeftOutList()
          .forEach(it -> spec.commandLine().getErr().println("parley: left out: " + it));
      return answer.getResultsCount() > 0 ? Exit.DONE : Exit.FAILED;
    });
  }

  private static void print(PrintWriter out, SearchResult it) {
    var span = it.getChunk().getSpans(0);
    String printed = span.getPageLabel().isEmpty() ? "" : " (printed " + span.getPageLabel() + ")";
    var parts = it.getParts();
    out.printf(
        "%s, page %d%s  [score %.4f: %s, %s]%n",
        it.getDocumentName(),
        span.getPage(),
        printed,
        it.getScore(),
        found("meaning", "cosine", parts.getCosine(), parts.getDenseRank()),
        found("words", "bm25", parts.getBm25(), parts.getLexicalRank()));
    String text = it.getChunk().getText().replaceAll("\\s+", " ");
    out.printf("  %s%n", text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
  }

  /** A place of 0 says that this way did not find it. */
  private static String found(String way, String measure, double value, int place) {
    return place == 0
        ? "not by " + way
        : "by %s place %d (%s %.3f)".formatted(way, place, measure, value);
  }
}
