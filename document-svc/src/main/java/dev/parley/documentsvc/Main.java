package dev.parley.documentsvc;

import dev.parley.kit.host.PeerSettings;
import dev.parley.kit.host.ServiceProcess;
import java.util.List;

/** Documents as a process of their own. */
public final class Main {
  private Main() {}

  /** Settings as {@code --name=value}. */
  public static void main(String[] arguments) {
    ServiceProcess.run(
        "document",
        List.of(DocumentSettings.class),
        arguments,
        process -> {
          PeerSettings peers = process.settings().of(PeerSettings.class);
          return DocumentService.start(
              process.settings().of(DocumentSettings.class),
              process.peer("memory", peers.memory()),
              process.peer("orchestrator", peers.orchestrator()));
        });
  }
}
