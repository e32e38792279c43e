package dev.parley.cli.knowledge;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.document.v1.Chunk;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.GetDocumentRequest;
import dev.parley.document.v1.ListChunksRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is known about a document, and its passages. */
@Command(name = "show", description = "One document.", mixinStandardHelpOptions = true)
final class DocumentsShow implements Callable<Integer> {
  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "Its id.")
  private String id;

  @Option(names = "--passages", description = "Also so many of its passages.")
  private int passages;

  @Override
  public Integer call() {
    return server.use(channel -> {
      PrintWriter out = spec.commandLine().getOut();
      var stub =
          DocumentServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
      print(
          out,
          stub.getDocument(GetDocumentRequest.newBuilder().setDocumentId(id).build())
              .getDocument());
      if (passages > 0) {
        var request =
            ListChunksRequest.newBuilder().setDocumentId(id).setPageSize(Math.min(200, passages));
        stub.listChunks(request.build()).getChunksList().forEach(it -> print(out, it));
      }
      out.flush();
      return Exit.DONE;
    });
  }

  private static void print(PrintWriter out, Document it) {
    var facts = it.getMetadata();
    out.printf("%s%n", it.getDisplayName());
    out.printf("  state      %s%n", ProgressText.of(it.getProgress()));
    out.printf("  collection %s%n", it.getCollectionId());
    out.printf(
        "  file       %s, %,d bytes%n",
        it.getFormat().name().replace("DOCUMENT_FORMAT_", ""), it.getSizeBytes());
    out.printf(
        "  text       %d pages, %d words, language %s, %d passages%n",
        facts.getPageCount(), facts.getWordCount(), facts.getLanguage(), it.getChunkCount());
    if (facts.getAuthorsCount() > 0) {
      out.printf("  authors    %s%n", String.join("; ", facts.getAuthorsList()));
    }
    if (!it.getClassification().getLabel().isEmpty()) {
      out.printf(
          "  class      %s (%.2f)%n",
          it.getClassification().getLabel(), it.getClassification().getConfidence());
    }
    if (it.getTagsCount() > 0) {
      out.printf("  tags       %s%n", String.join(", ", it.getTagsList()));
    }
    it.getProgress().getWarningsList().forEach(w -> out.printf("  missing    %s%n", w));
    facts
        .getHeadingsList()
        .forEach(h ->
            out.printf("  p. %-4d %s%s%n", h.getPage(), "  ".repeat(h.getLevel()), h.getText()));
  }

  private static void print(PrintWriter out, Chunk it) {
    String pages =
        it.getSpansList().stream()
            .map(s -> String.valueOf(s.getPage()))
            .distinct()
            .collect(Collectors.joining(", "));
    out.printf(
        "%n[%d] page %s, %d tokens%n%s%n",
        it.getPosition(), pages, it.getTokenCount(), it.getText());
  }
}
