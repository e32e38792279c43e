package dev.parley.edge;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.List;

/** What passes between the world and the services: few headers in, the details of failures out. */
final class Passing {
  static final String REQUEST_ID = "x-request-id";

  /** The client's, as this edge saw it. */
  static final String ADDRESS = "x-forwarded-for";

  private static final List<Metadata.Key<String>> IN =
      List.of(
          text("authorization"),
          text(REQUEST_ID),
          text(ADDRESS),
          text("accept-language"),
          text("traceparent"),
          text("tracestate"));

  /** Tells services that a client calls; the same name is read where callers are known. */
  private static final Metadata.Key<String> DOOR = text("parley-door");

  private static final String OUTSIDE = "outside";
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private Passing() {}

  /** The headers of a gRPC call that a service may see. */
  static Metadata forwarded(Metadata headers) {
    Metadata passed = new Metadata();
    passed.put(DOOR, OUTSIDE);
    for (Metadata.Key<String> key : IN) {
      Iterable<String> values = headers.getAll(key);
      if (values != null) {
        values.forEach(value -> passed.put(key, value));
      }
    }
    return passed;
  }

  /** The same of an HTTP request. */
  static Metadata forwarded(HttpHeaders headers) {
    Metadata passed = new Metadata();
    passed.put(DOOR, OUTSIDE);
    for (Metadata.Key<String> key : IN) {
      headers.getAll(key.name()).forEach(value -> passed.put(key, value));
    }
    return passed;
  }

  /** What a client sees of trailers. */
  static Metadata details(Metadata trailers) {
    Metadata passed = new Metadata();
    byte[] details = trailers == null ? null : trailers.get(DETAILS);
    if (details != null) {
      passed.put(DETAILS, details);
    }
    return passed;
  }

  /** A call whose listener runs on the request's event loop; it must not block. */
  static <Q, S> ClientCall<Q, S> call(
      ServiceRequestContext ctx,
      Channel channel,
      MethodDescriptor<Q, S> method,
      ClientCall.Listener<S> listener) {
    ClientCall<Q, S> call =
        channel.newCall(method, CallOptions.DEFAULT.withExecutor(ctx.eventLoop()));
    call.start(listener, forwarded(ctx.request().headers()));
    return call;
  }

  /** Sends the one message of a call; the answer waits for {@link ClientCall#request}. */
  static <Q, S> ClientCall<Q, S> send(ClientCall<Q, S> call, Q message) {
    call.sendMessage(message);
    call.halfClose();
    return call;
  }

  private static Metadata.Key<String> text(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
