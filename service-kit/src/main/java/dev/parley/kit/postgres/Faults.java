package dev.parley.kit.postgres;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What went wrong, told by the SQL state (PostgreSQL's manual, appendix "Error Codes"): class 08 is
 * a lost connection, 57P an operator's doing, 53 too little disk, memory or connections, 22 and 23
 * what it can never keep.
 */
public final class Faults {
  private Faults() {}

  /** Whether the same may succeed in a moment. */
  public static boolean passes(RuntimeException e) {
    return cause(e, SQLTransientConnectionException.class).isPresent()
        || cause(e, IOException.class).isPresent()
        || Stream.of("08", "57P", "53300", "40").anyMatch(state(e)::startsWith);
  }

  /**
   * Whether nobody will be served for a while: what passes, but for those who got in each other's
   * way.
   */
  public static boolean isAway(RuntimeException e) {
    return passes(e) && !state(e).startsWith("40");
  }

  /** STORE_FAILED that says why; another failure for what PostgreSQL refuses for good. */
  public static Failure failure(Exception e) {
    String state = state(e);
    if (Stream.of("22", "23").anyMatch(state::startsWith)) {
      return refused(state).causedBy(e);
    }
    return Failure.of(Code.UNAVAILABLE, "STORE_FAILED", "postgres: " + why(e) + "; try again")
        .retryAfter(Duration.ofSeconds(1))
        .causedBy(e);
  }

  private static Failure refused(String state) {
    return switch (state) {
      case "22021" ->
          Failure.of(
              Code.INVALID_ARGUMENT,
              "INVALID_ARGUMENT",
              "text: the character U+0000 cannot be kept");
      case "23503" ->
          Failure.of(Code.NOT_FOUND, "NOT_FOUND", "postgres: what it belongs to is not there");
      case "23505" ->
          Failure.of(Code.ALREADY_EXISTS, "ALREADY_EXISTS", "postgres: it is there already");
      default ->
          Failure.of(Code.INTERNAL, "INTERNAL", "postgres: it cannot keep it (" + state + ")");
    };
  }

  private static String why(Exception e) {
    String state = state(e);
    if (state.startsWith("53100")) {
      return "its disk is full";
    }
    if (state.startsWith("28")) {
      return "it refused the user or password";
    }
    if (state.isEmpty() && isBusy(e)) {
      return "all its connections are in use";
    }
    boolean lost = state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
    return lost ? "it is not there" : "it did not do it (" + state + ")";
  }

  /** Whether no connection became free in time, though none was refused. */
  private static boolean isBusy(Exception e) {
    return cause(e, SQLTransientConnectionException.class)
        .filter(it -> it.getCause() == null)
        .isPresent();
  }

  private static String state(Exception e) {
    return cause(e, SQLException.class)
        .flatMap(it -> Optional.ofNullable(it.getSQLState()))
        .orElse("");
  }

  /** The innermost of that type, which tells most. */
  private static <T> Optional<T> cause(Throwable e, Class<T> type) {
    return Stream.iterate(e, it -> it != null, Throwable::getCause)
        .limit(20)
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((_, inner) -> inner);
  }
}
