package dev.parley.edge;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.concurrent.TimeUnit;

/**
 * Serves a service by passing every call on to a channel, on the event loop of the request. Nothing
 * blocks; each side takes more messages only when the other one is ready for them, answers {@value
 * #AHEAD} at a time, which otherwise would each cost a change of threads. Headers that name an
 * owner do not pass.
 */
final class Passthrough {
  private static final int AHEAD = 8;

  private Passthrough() {}

  static ServerServiceDefinition over(ServiceDescriptor service, Channel channel) {
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
    service.getMethods().forEach(method -> add(definition, method, channel));
    return definition.build();
  }

  private static <Q, S> void add(
      ServerServiceDefinition.Builder definition, MethodDescriptor<Q, S> method, Channel channel) {
    ServerCallHandler<Q, S> handler =
        (call, headers) -> {
          ClientCall<Q, S> upstream = channel.newCall(method, options(method));
          Relay<Q, S> relay = new Relay<>(call, upstream);
          upstream.start(relay.answers(), Passing.forwarded(headers));
          call.request(1);
          upstream.request(AHEAD);
          return relay.requests();
        };
    definition.addMethod(method, handler);
  }

  private static CallOptions options(MethodDescriptor<?, ?> method) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    if (method.getType() != MethodType.UNARY) {
      ctx.setMaxRequestLength(0);
      if (!ctx.request().headers().contains("grpc-timeout")) {
        ctx.clearRequestTimeout();
      }
    }
    CallOptions options = CallOptions.DEFAULT.withExecutor(ctx.eventLoop());
    long left = ctx.requestTimeoutMillis();
    return left > 0 ? options.withDeadlineAfter(left, TimeUnit.MILLISECONDS) : options;
  }

  /** Two calls tied together. */
  private static final class Relay<Q, S> {
    private final ServerCall<Q, S> client;
    private final ClientCall<Q, S> upstream;
    private boolean requestOwed;
    private int answersOwed;

    Relay(ServerCall<Q, S> client, ClientCall<Q, S> upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    ServerCall.Listener<Q> requests() {
      return new ServerCall.Listener<>() {
        @Override
        public void onMessage(Q message) {
          upstream.sendMessage(message);
          nextRequest(true);
        }

        @Override
        public void onHalfClose() {
          upstream.halfClose();
        }

        @Override
        public void onCancel() {
          upstream.cancel("the client left", null);
        }

        @Override
        public void onReady() {
          nextAnswers(0);
        }
      };
    }

    ClientCall.Listener<S> answers() {
      return new ClientCall.Listener<>() {
        @Override
        public void onHeaders(Metadata headers) {
          client.sendHeaders(new Metadata());
        }

        @Override
        public void onMessage(S message) {
          client.sendMessage(message);
          nextAnswers(1);
        }

        @Override
        public void onClose(io.grpc.Status status, Metadata trailers) {
          client.close(status, Passing.details(trailers));
        }

        @Override
        public void onReady() {
          nextRequest(false);
        }
      };
    }

    private synchronized void nextRequest(boolean owe) {
      requestOwed |= owe;
      if (requestOwed && upstream.isReady()) {
        requestOwed = false;
        client.request(1);
      }
    }

    private synchronized void nextAnswers(int taken) {
      answersOwed += taken;
      if (answersOwed > 0 && client.isReady()) {
        upstream.request(answersOwed);
        answersOwed = 0;
      }
    }
  }
}
