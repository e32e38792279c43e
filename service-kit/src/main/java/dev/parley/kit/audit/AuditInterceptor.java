package dev.parley.kit.audit;

import dev.parley.kit.access.Declared;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.type.v1.Access;
import dev.parley.type.v1.CostClass;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the audit log of every call from outside that changes something, brings a file or tries to
 * become somebody, whatever came of it, and of every other call that was refused. It stands outside
 * of what decides about access, and makes no call wait.
 */
public final class AuditInterceptor implements ServerInterceptor {
  private static final Set<CostClass> ALWAYS =
      Set.of(CostClass.COST_CLASS_WRITE, CostClass.COST_CLASS_UPLOAD, CostClass.COST_CLASS_SIGN_IN);
  private static final Set<Status.Code> REFUSALS =
      Set.of(Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED);

  private final AuditTrail trail;
  private final InstantSource clock;

  /** Tells that log. */
  public AuditInterceptor(AuditTrail trail, InstantSource clock) {
    this.trail = trail;
    this.clock = clock;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    if (trail == AuditTrail.NONE) {
      return next.startCall(call, headers);
    }
    Sighting seen = new Sighting();
    Watched<Q, S> watched = new Watched<>(call, seen);
    Context context = seen.attachTo(Context.current());
    var listener = Contexts.interceptCall(context, watched, headers, next);
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        seen.sawRequest(message);
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        watched.ended(Status.CANCELLED, new Metadata());
        super.onCancel();
      }
    };
  }

  private final class Watched<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private final Sighting seen;
    private final AtomicBoolean over = new AtomicBoolean();

    Watched(ServerCall<Q, S> call, Sighting seen) {
      super(call);
      this.seen = seen;
    }

    @Override
    public void sendMessage(S message) {
      seen.sawAnswer(message);
      super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      ended(status, trailers);
      super.close(status, trailers);
    }

    void ended(Status status, Metadata trailers) {
      boolean service = seen.caller().map(it -> !it.outside()).orElse(false);
      if (over.compareAndSet(false, true) && !service && matters(status)) {
        trail.add(happening(status, trailers));
      }
    }

    private boolean matters(Status status) {
      CostClass cost =
          Declared.of(getMethodDescriptor())
              .map(Access::getCostClass)
              .orElse(CostClass.COST_CLASS_UNSPECIFIED);
      return ALWAYS.contains(cost) || REFUSALS.contains(status.getCode());
    }

    private AuditTrail.Happening happening(Status status, Metadata trailers) {
      Subjects subjects = Subjects.of(getMethodDescriptor().getBareMethodName(), seen);
      return new AuditTrail.Happening(
          clock.instant(),
          subjects.organisationId(),
          subjects.personId(),
          getMethodDescriptor().getFullMethodName(),
          subjects.targetKind(),
          subjects.targetId(),
          status.isOk() ? "done" : Failures.fromStatus(status.asException(trailers)).reason(),
          seen.caller().map(Caller::requestId).orElse(""));
    }
  }
}
