package dev.parley.kit.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Something a service needs or uses: a store, an engine, a model.
 *
 * @param name as in {@code postgres}
 * @param required whether the service is not ready without it
 * @param check asked for the state now; must answer within a second
 */
public record Part(String name, boolean required, Supplier<State> check) {
  private static final int PATIENCE_MS = 900;

  /**
   * The state of a part.
   *
   * @param up whether it works
   * @param detail which engine, why it is used or why it is down, and what mends it
   */
  public record State(boolean up, String detail) {}

  /** A part that is there for the life of the process. */
  public static Part fixed(String name, String detail) {
    return new Part(name, false, () -> new State(true, detail));
  }

  /** A part that is missing but not required. */
  public static Part missing(String name, String detail) {
    return new Part(name, false, () -> new State(false, detail));
  }

  /**
   * A required part that is probed by running something that throws when it is down. A probe that
   * takes longer than {@value #PATIENCE_MS} ms counts as down; it ends by itself, unheard.
   */
  public static Part probed(String name, String detail, Runnable probe) {
    return new Part(name, true, () -> probed(detail, probe));
  }

  private static State probed(String detail, Runnable probe) {
    var done = new CompletableFuture<State>();
    Thread.ofVirtual()
        .name("probe")
        .start(() -> {
          try {
            probe.run();
            done.complete(new State(true, detail));
          } catch (RuntimeException e) {
            done.complete(new State(false, detail + ": " + e.getMessage()));
          }
        });
    var late = new State(false, detail + ": no answer within " + PATIENCE_MS + " ms");
    return done.completeOnTimeout(late, PATIENCE_MS, TimeUnit.MILLISECONDS).join();
  }
}
