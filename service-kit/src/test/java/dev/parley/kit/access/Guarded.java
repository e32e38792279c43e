package dev.parley.kit.access;

import com.google.protobuf.Message;
import dev.parley.kit.identity.Caller;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Every method of some services behind the interceptor; what it lets through succeeds at once. */
final class Guarded implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;
  private final AtomicReference<Caller> last = new AtomicReference<>();

  Guarded(Gate gate, Collection<ServiceDescriptor> services) {
    String name = UUID.randomUUID().toString();
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
    services.forEach(it ->
        builder.addService(
            ServerInterceptors.intercept(definition(it), new AccessInterceptor(gate))));
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  private ServerServiceDefinition definition(ServiceDescriptor service) {
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
    service.getMethods().forEach(it -> add(definition, it));
    return definition.build();
  }

  private <Q, S> void add(ServerServiceDefinition.Builder to, MethodDescriptor<Q, S> method) {
    ServerCallHandler<Q, S> handler =
        (call, headers) -> {
          last.set(Caller.current());
          call.request(1);
          return new ServerCall.Listener<>() {
            @Override
            public void onMessage(Q message) {
              call.sendHeaders(new Metadata());
              call.sendMessage(
                  ((PrototypeMarshaller<S>) method.getResponseMarshaller()).getMessagePrototype());
              call.close(Status.OK, new Metadata());
            }
          };
        };
    to.addMethod(method, handler);
  }

  /** Whom the handler saw last. */
  Caller last() {
    return last.get();
  }

  /** The outcome of a call with an empty message and these headers, as name and value in turn. */
  StatusRuntimeException call(MethodDescriptor<?, ?> method, String... headers) {
    return send(method, empty(method), headers);
  }

  private static <Q> Q empty(MethodDescriptor<Q, ?> method) {
    return ((PrototypeMarshaller<Q>) method.getRequestMarshaller()).getMessagePrototype();
  }

  @SuppressWarnings("unchecked")
  <Q, S> StatusRuntimeException send(MethodDescriptor<Q, S> method, Object message, String... at) {
    CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();
    ClientCall<Q, S> call = channel.newCall(method, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status.asRuntimeException(trailers));
          }
        },
        metadata(at));
    call.request(1);
    call.sendMessage((Q) (Message) message);
    call.halfClose();
    return end.orTimeout(10, TimeUnit.SECONDS).join();
  }

  static Metadata metadata(String... namesAndValues) {
    Metadata headers = new Metadata();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(
          Metadata.Key.of(namesAndValues[i], Metadata.ASCII_STRING_MARSHALLER),
          namesAndValues[i + 1]);
    }
    return headers;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
