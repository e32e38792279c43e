package dev.parley.kit.access;

import com.google.protobuf.Message;
import dev.parley.kit.audit.Sighting;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;

/**
 * The one place where it is decided who calls and whether that is allowed, in every service and
 * behind every door: by what is proved, and by what the contract declares of the method. Headers
 * that name an owner count only on connections of our own services that pass on no client's call.
 */
public final class AccessInterceptor implements ServerInterceptor {
  private final Gate gate;

  /** Finds out who calls in that way. */
  public AccessInterceptor(Gate gate) {
    this.gate = gate;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Caller caller;
    try {
      caller = seen(caller(call, headers));
      Rules.check(call.getMethodDescriptor(), caller.identity());
    } catch (RuntimeException refused) {
      close(call, refused);
      return new ServerCall.Listener<>() {};
    }
    Context context = caller.attachTo(Context.current());
    ServerCall.Listener<Q> listener = Contexts.interceptCall(context, call, headers, next);
    return caller.identity().characterIds().isEmpty()
        ? listener
        : new Limited<>(call, listener, caller.identity());
  }

  /** Whoever is refused is told of as well. */
  private static Caller seen(Caller caller) {
    Sighting.current().ifPresent(it -> it.saw(caller));
    return caller;
  }

  private Caller caller(ServerCall<?, ?> call, Metadata headers) {
    String id = requestIdOf(headers);
    if (Caller.OUTSIDE.equals(headers.get(Caller.DOOR)) || !gate.ours().test(call)) {
      return new Caller(Proofs.read(gate, headers), id, true);
    }
    String organisation = headers.get(Caller.ORGANISATION);
    String person = headers.get(Caller.PERSON);
    Owner owner =
        organisation == null || person == null ? Owner.LOCAL : new Owner(organisation, person);
    return new Caller(Identity.service(owner), id, false);
  }

  private static String requestIdOf(Metadata headers) {
    String id = headers.get(Caller.REQUEST_ID);
    return id != null && id.matches("[A-Za-z0-9._-]{1,64}") ? id : Ids.next();
  }

  private static void close(ServerCall<?, ?> call, RuntimeException refused) {
    StatusRuntimeException status = Failures.toStatus(refused);
    Metadata trailers = status.getTrailers();
    call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  /** Lets through only messages about characters that the key is for. */
  private static final class Limited<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final Identity identity;
    private boolean refused;

    Limited(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener, Identity identity) {
      super(listener);
      this.call = call;
      this.identity = identity;
    }

    @Override
    public void onMessage(Q message) {
      if (refused) {
        return;
      }
      try {
        CharacterLimit.check((Message) message, identity.characterIds());
      } catch (Failure failure) {
        refused = true;
        close(call, failure);
        super.onCancel();
        return;
      }
      super.onMessage(message);
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }
  }
}
