package dev.parley.kit.identity;

import dev.parley.kit.ids.Ids;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Carries the caller across hops. A public door ignores the headers that name an owner; an inner
 * door, reached by our own services only, believes them.
 */
public final class CallerInterceptor implements ServerInterceptor, ClientInterceptor {
  private final boolean inner;

  private CallerInterceptor(boolean inner) {
    this.inner = inner;
  }

  /** For services that clients reach: the owner is always {@link Owner#LOCAL} today. */
  public static CallerInterceptor publicDoor() {
    return new CallerInterceptor(false);
  }

  /** For services that only our own services reach, and for calls between them. */
  public static CallerInterceptor innerDoor() {
    return new CallerInterceptor(true);
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Caller caller = new Caller(ownerOf(headers), requestIdOf(headers), isOutside(headers));
    return Contexts.interceptCall(caller.attachTo(Context.current()), call, headers, next);
  }

  @Override
  public <Q, S> ClientCall<Q, S> interceptCall(
      MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
    Caller caller = Caller.current();
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<S> listener, Metadata headers) {
        headers.put(Caller.ORGANISATION, caller.owner().organisationId());
        headers.put(Caller.PERSON, caller.owner().personId());
        if (!headers.containsKey(Caller.REQUEST_ID)) {
          headers.put(Caller.REQUEST_ID, caller.requestId());
        }
        super.start(listener, headers);
      }
    };
  }

  private Owner ownerOf(Metadata headers) {
    String organisation = headers.get(Caller.ORGANISATION);
    String person = headers.get(Caller.PERSON);
    return inner && organisation != null && person != null
        ? new Owner(organisation, person)
        : Owner.LOCAL;
  }

  /** Anybody may say so: it takes rights, and gives none. */
  private boolean isOutside(Metadata headers) {
    return !inner || Caller.OUTSIDE.equals(headers.get(Caller.DOOR));
  }

  private static String requestIdOf(Metadata headers) {
    String id = headers.get(Caller.REQUEST_ID);
    return id != null && id.matches("[A-Za-z0-9._-]{1,64}") ? id : Ids.next();
  }
}
