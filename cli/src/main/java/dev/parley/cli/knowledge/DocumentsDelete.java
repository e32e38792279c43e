package dev.parley.cli.knowledge;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.NoServer;
import dev.parley.cli.server.Server;
import dev.parley.document.v1.DeleteDocumentRequest;
import dev.parley.document.v1.DocumentServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes documents; one that cannot be removed does not keep the others. */
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
      boolean good = true;
      for (String id : ids) {
        good &= delete(stub, id);
      }
      return good ? Exit.DONE : Exit.FAILED;
    });
  }

  private boolean delete(DocumentServiceGrpc.DocumentServiceBlockingStub stub, String id) {
    var line = spec.commandLine();
    try {
      stub.withDeadlineAfter(2, TimeUnit.MINUTES)
          .deleteDocument(DeleteDocumentRequest.newBuilder().setDocumentId(id).build());
      line.getOut().println(id + ": gone");
      line.getOut().flush();
      return true;
    } catch (StatusRuntimeException e) {
      if (NoServer.means(e)) {
        throw e;
      }
      line.getErr().println("parley: " + id + ": " + Exit.explain(e));
      line.getErr().flush();
      return false;
    }
  }
}
