package dev.parley.cli.knowledge;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.document.v1.DeleteDocumentRequest;
import dev.parley.document.v1.DocumentServiceGrpc;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes documents. */
@Command(name = "delete", description = "Removes documents.", mixinStandardHelpOptions = true)
final class DocumentsDelete implements Callable<Integer> {
  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "Their ids.")
  private List<String> ids;

  @Override
  public Integer call() {
    return server.use(channel -> {
      var stub = DocumentServiceGrpc.newBlockingStub(channel);
      for (String id : ids) {
        stub.withDeadlineAfter(2, TimeUnit.MINUTES)
            .deleteDocument(DeleteDocumentRequest.newBuilder().setDocumentId(id).build());
        spec.commandLine().getOut().println(id + ": gone");
      }
      spec.commandLine().getOut().flush();
      return Exit.DONE;
    });
  }
}
