package dev.parley.cli.server;

import dev.parley.kit.failure.Failure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** How a command ends, and what it says when that is not well. */
public final class Exit {
  /** It is done. */
  public static final int DONE = 0;

  /** It failed; one line on standard error says why. */
  public static final int FAILED = 1;

  /** The command itself is wrong. */
  public static final int MISUSED = 2;

  /** No server answers. */
  public static final int NO_SERVER = 3;

  private Exit() {}

  /** One line that says what is wrong. */
  public static String explain(Exception e) {
    boolean nobody =
        switch (e) {
          case StatusRuntimeException s -> s.getStatus().getCode() == Status.Code.UNAUTHENTICATED;
          case Failure f -> f.code() == Failure.Code.UNAUTHENTICATED;
          default -> false;
        };
    String said =
        e instanceof StatusRuntimeException status
            ? said(status.getStatus())
            : String.valueOf(e.getMessage());
    return nobody ? said + "; sign in: ./parley login, or set PARLEY_API_KEY" : said;
  }

  /** What the library says of a deadline names its own insides. */
  private static String said(Status status) {
    return status.getCode() == Status.Code.DEADLINE_EXCEEDED
        ? "the server did not answer in time; it may be busy"
        : String.valueOf(status.getDescription());
  }
}
