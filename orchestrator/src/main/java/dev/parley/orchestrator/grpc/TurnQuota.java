package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.ServerEvent;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.orchestrator.identity.usage.Cost;
import dev.parley.orchestrator.identity.usage.Meter;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a live conversation whose plan has nothing left: after a turn is over, never within one. The
 * session lives on and may be taken up again.
 */
public final class TurnQuota implements ServerInterceptor {
  private final Meter meter;

  /** Asks that meter. */
  public TurnQuota(Meter meter) {
    this.meter = meter;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Caller caller = Caller.current();
    boolean live = !call.getMethodDescriptor().getType().clientSendsOneMessage();
    return live && caller.outside()
        ? next.startCall(new Watched<>(call, caller.owner().organisationId()), headers)
        : next.startCall(call, headers);
  }

  private final class Watched<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private final String organisationId;
    private final AtomicBoolean closed = new AtomicBoolean();

    Watched(ServerCall<Q, S> call, String organisationId) {
      super(call);
      this.organisationId = organisationId;
    }

    @Override
    public void sendMessage(S message) {
      if (closed.get()) {
        return;
      }
      super.sendMessage(message);
      if (message instanceof ServerEvent event && event.hasTurnCompleted()) {
        try {
          meter.check(organisationId, Cost.TURN);
        } catch (Failure exceeded) {
          StatusRuntimeException status = Failures.toStatus(exceeded);
          Metadata trailers = status.getTrailers();
          close(status.getStatus(), trailers == null ? new Metadata() : trailers);
        }
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (closed.compareAndSet(false, true)) {
        super.close(status, trailers);
      }
    }
  }
}
