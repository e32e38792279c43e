package dev.parley.orchestrator.grpc;

import dev.parley.orchestrator.identity.Visitor;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Finds out where a call comes from. What a proxy says counts only when the proxy is this
 * machine's: then the last address of {@code x-forwarded-for}, which is the one that it added
 * itself.
 */
final class Visiting implements ServerInterceptor {
  private static final Context.Key<Visitor> KEY = Context.key("parley-visitor");
  private static final Metadata.Key<String> FORWARDED = key("x-forwarded-for");
  private static final Metadata.Key<String> AGENT = key("user-agent");

  private Visiting() {}

  /** The service with every call's visitor known. */
  static BindableService to(BindableService service) {
    return () -> ServerInterceptors.intercept(service, interceptor());
  }

  static ServerInterceptor interceptor() {
    return new Visiting();
  }

  /** The visitor of the current call. */
  static Visitor current() {
    Visitor visitor = KEY.get();
    return visitor == null ? Visitor.HERE : visitor;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String agent = headers.get(AGENT);
    Visitor visitor = new Visitor(address(call, headers), agent == null ? "" : agent);
    Context context = Context.current().withValue(KEY, visitor);
    return Contexts.interceptCall(context, call, headers, next);
  }

  private static String address(ServerCall<?, ?> call, Metadata headers) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    InetAddress peer = remote instanceof InetSocketAddress socket ? socket.getAddress() : null;
    boolean near =
        remote instanceof InProcessSocketAddress || peer != null && peer.isLoopbackAddress();
    String forwarded = headers.get(FORWARDED);
    if (near && forwarded != null) {
      return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }
    return peer == null ? "" : peer.getHostAddress();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
