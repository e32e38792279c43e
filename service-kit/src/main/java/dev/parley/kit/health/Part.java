package dev.parley.kit.health;

import java.util.function.Supplier;

/**
 * Something a service needs or uses: a store, an engine, a model.
 *
 * @param name as in {@code postgres}
 * @param required whether the service is not ready without it
 * @param check asked for the state now; must answer within a second
 */
public record Part(String name, boolean required, Supplier<State> check) {

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

  /** A required part that is probed by running something that throws when it is down. */
  public static Part probed(String name, String detail, Runnable probe) {
    return new Part(
        name,
        true,
        () -> {
          try {
            probe.run();
            return new State(true, detail);
          } catch (RuntimeException e) {
            return new State(false, detail + ": " + e.getMessage());
          }
        });
  }
}
