package dev.parley.kit.identity;

import dev.parley.kit.tls.Spiffe;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Set;
import javax.net.ssl.SSLSession;

/**
 * Tells by the certificate at the other end which door a call came through: what a proxy brings, a
 * client sent, so headers that only our own services may send are taken off it. First of all
 * interceptors. Calls without a certificate are left as they are: they come from this process, or
 * over loopback.
 */
public final class PeerDoor implements ServerInterceptor {
  /** Who passes on what the world sends. */
  public static final String PROXY = "envoy";

  private static final Set<String> PROXIES = Set.of(PROXY);

  /** Whether one of our own services is at the other end, which passes on nobody's word. */
  public static boolean isService(ServerCall<?, ?> call) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    return session != null && Spiffe.peer(session).filter(it -> !PROXIES.contains(it)).isPresent();
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session != null && Spiffe.peer(session).map(PROXIES::contains).orElse(true)) {
      headers.discardAll(Caller.ORGANISATION);
      headers.discardAll(Caller.PERSON);
      headers.discardAll(Caller.DOOR);
      headers.put(Caller.DOOR, Caller.OUTSIDE);
    }
    return next.startCall(call, headers);
  }
}
