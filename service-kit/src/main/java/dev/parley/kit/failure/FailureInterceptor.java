package dev.parley.kit.failure;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a handler throws into a {@code google.rpc.Status}. A {@link Failure} keeps its reason;
 * anything else is INTERNAL to the caller and is logged here with its cause.
 */
public final class FailureInterceptor implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(FailureInterceptor.class);

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Closing<Q, S> closing = new Closing<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(closing, headers)) {
      @Override
      public void onHalfClose() {
        guard(super::onHalfClose);
      }

      @Override
      public void onMessage(Q message) {
        guard(() -> super.onMessage(message));
      }

      private void guard(Runnable step) {
        try {
          step.run();
        } catch (RuntimeException thrown) {
          if (!(thrown instanceof Failure)) {
            log.error("{} failed", call.getMethodDescriptor().getFullMethodName(), thrown);
          }
          StatusRuntimeException status = Failures.toStatus(thrown);
          Metadata trailers = status.getTrailers();
          closing.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
        }
      }
    };
  }

  /** Closes once, and gives a thrown failure that a stub reported as UNKNOWN its own status. */
  private static final class Closing<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private boolean closed;

    Closing(ServerCall<Q, S> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (closed) {
        return;
      }
      closed = true;
      if (status.getCode() == Status.Code.UNKNOWN && status.getCause() != null) {
        StatusRuntimeException better = Failures.toStatus(status.getCause());
        Metadata details = better.getTrailers();
        super.close(better.getStatus(), details == null ? trailers : details);
      } else {
        super.close(status, trailers);
      }
    }
  }
}
