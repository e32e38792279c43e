package dev.parley.kit.identity;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/**
 * Tells another service of ours for whom this one calls. It is believed there because of the
 * connection it comes over, never because of the headers.
 */
public final class CallerInterceptor implements ClientInterceptor {
  private CallerInterceptor() {}

  /** For channels between our services. */
  public static CallerInterceptor outgoing() {
    return new CallerInterceptor();
  }

  @Override
  public <Q, S> ClientCall<Q, S> interceptCall(
      MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
    Caller caller = Caller.current();
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<S> listener, Metadata headers) {
        if (!Caller.OUTSIDE.equals(headers.get(Caller.DOOR))) {
          headers.put(Caller.ORGANISATION, caller.owner().organisationId());
          headers.put(Caller.PERSON, caller.owner().personId());
        }
        if (!headers.containsKey(Caller.REQUEST_ID)) {
          headers.put(Caller.REQUEST_ID, caller.requestId());
        }
        super.start(listener, headers);
      }
    };
  }
}
