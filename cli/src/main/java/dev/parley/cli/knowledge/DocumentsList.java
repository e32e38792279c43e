package dev.parley.cli.knowledge;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentFilter;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.ListDocumentsRequest;
import dev.parley.document.v1.ListDocumentsResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists documents, newest first. */
@Command(
    name = "list",
    description = "What is there, newest first.",
    mixinStandardHelpOptions = true)
final class DocumentsList implements Callable<Integer> {
  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Option(names = "--collection", description = "Only of this one; may be given again.")
  private List<String> collections = List.of();

  @Override
  public Integer call() {
    return server.use(channel -> {
      var stub = DocumentServiceGrpc.newBlockingStub(channel);
      var request =
          ListDocumentsRequest.newBuilder()
              .setPageSize(200)
              .setFilter(DocumentFilter.newBuilder().addAllCollectionIds(collections));
      ListDocumentsResponse slice;
      int all = 0;
      do {
        slice = stub.withDeadlineAfter(30, TimeUnit.SECONDS).listDocuments(request.build());
        slice.getDocumentsList().forEach(this::print);
        all += slice.getDocumentsCount();
        request.setPageToken(slice.getNextPageToken());
      } while (!slice.getNextPageToken().isEmpty());
      spec.commandLine().getOut().flush();
      if (all == 0) {
        spec.commandLine().getErr().println("parley: no documents (./parley documents add FILE)");
      }
      return Exit.DONE;
    });
  }

  private void print(Document it) {
    spec.commandLine()
        .getOut()
        .printf(
            "%s  %-12s %5d passages  %-20s %s%n",
            it.getId(),
            it.getCollectionId(),
            it.getChunkCount(),
            ProgressText.of(it.getProgress()),
            it.getDisplayName());
  }
}
