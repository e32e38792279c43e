package dev.parley.cli.server;

import dev.parley.kit.failure.Failure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** No server answers; the message says where, and what starts one. */
public final class NoServer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoServer(String address, Throwable cause) {
    super("no server answers at " + address + "; start one: ./parley up", cause);
  }

  /** Whether the transport failed; what a service says about itself has a reason. */
  public static boolean means(RuntimeException e) {
    return switch (e) {
      case StatusRuntimeException said ->
          said.getStatus().getCode() == Status.Code.UNAVAILABLE
              && StatusProto.fromThrowable(said).getDetailsCount() == 0;
      case Failure failure ->
          failure.code() == Failure.Code.UNAVAILABLE
              && failure.getCause() instanceof RuntimeException cause
              && means(cause);
      default -> false;
    };
  }
}
