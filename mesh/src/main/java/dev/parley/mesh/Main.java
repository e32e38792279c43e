package dev.parley.mesh;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.host.EndSignal;
import java.util.List;

/** Starts everything in processes of its own and looks after them until it is told to stop. */
public final class Main {
  private Main() {}

  /** Settings as {@code --name=value}. Ends with 1 and one line when something is wrong. */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    org.slf4j.bridge.SLF4JBridgeHandler.removeHandlersForRootLogger();
    org.slf4j.bridge.SLF4JBridgeHandler.install();
    EndSignal end = EndSignal.listen();
    try {
      Mesh mesh =
          Mesh.start(
              List.of(arguments), System.getenv(), line -> System.err.println("parley: " + line));
      System.out.print(Row.print(mesh.table()));
      System.out.printf(
          "Memory is one process unless its vectors are in Qdrant (memory.qdrant-url).%n"
              + "The encrypted door is signed by %s (curl --cacert).%n"
              + "Parley is ready after %.1f s: %s and %s%n",
          mesh.authority(), (System.nanoTime() - start) / 1e9, mesh.uri(), mesh.tlsUri());
      end.await(mesh);
    } catch (Failure failure) {
      System.err.println("parley: " + failure.getMessage());
      System.exit(1);
    } catch (RuntimeException e) {
      System.err.println("parley: " + e.getMessage());
      org.slf4j.LoggerFactory.getLogger(Main.class).error("the start failed", e);
      System.exit(1);
    }
  }
}
