package dev.parley.kit.host;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * The word that this process shall end: SIGTERM, SIGINT or SIGHUP, or who says so inside. What runs
 * is closed before the JVM's shutdown begins and not in a hook of it: hooks run all at once, and
 * the one of ONNX Runtime takes its library from under whatever still computes. Thread-safe.
 */
public final class EndSignal {
  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

  private final CompletableFuture<Integer> told = new CompletableFuture<>();
  private volatile boolean awaited;

  private EndSignal() {}

  /**
   * Listens from now on; before, a signal ends the JVM with nothing closed. To be called before
   * what runs is started: who is told to end meanwhile ends once it has started, and at once, with
   * nothing closed, when told again.
   */
  public static EndSignal listen() {
    EndSignal end = new EndSignal();
    for (String name : SIGNALS) {
      // As shells count: 128 and the signal. One that the process was started to ignore stays so.
      Signal.handle(new Signal(name), signal -> end.take(128 + signal.getNumber()));
    }
    return end;
  }

  /**
   * Ends the process as a signal would; what comes after the first is not heard.
   *
   * @param code what the process ends with
   */
  public void give(int code) {
    told.complete(code);
  }

  private void take(int code) {
    if (!told.complete(code) && !awaited) {
      Runtime.getRuntime().halt(code);
    }
  }

  /** Waits for the word, closes all and ends the process; does not return. */
  public void await(AutoCloseable all) {
    awaited = true;
    int code = told.join();
    try {
      all.close();
    } catch (Exception e) {
      LoggerFactory.getLogger(EndSignal.class).warn("not everything was closed", e);
    }
    System.exit(code);
  }
}
