package dev.parley.standalone;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.host.EndSignal;
import java.util.List;

/** Starts everything in this process and runs until it is told to stop. */
public final class Main {
  private Main() {}

  /** Settings as {@code --name=value}. Ends with 1 and one line when something is wrong. */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    org.slf4j.bridge.SLF4JBridgeHandler.removeHandlersForRootLogger();
    org.slf4j.bridge.SLF4JBridgeHandler.install();
    EndSignal end = EndSignal.listen();
    try {
      Standalone parley = Standalone.start(List.of(arguments), System.getenv());
      System.out.printf(
          "Parley is ready after %.1f s: %s%n", (System.nanoTime() - start) / 1e9, parley.uri());
      end.await(parley);
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
