package dev.parley.client;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SubscribeRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls by gRPC. */
final class GrpcCalls implements Calls {
  private static final long LIMIT_S = 120;
  private final Channel channel;

  GrpcCalls(Channel channel) {
    this.channel = channel;
  }

  @Override
  public <Q extends Message, S extends Message> S call(
      MethodDescriptor<Q, S> method, Q request, String http) {
    try {
      CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(LIMIT_S, TimeUnit.SECONDS);
      return ClientCalls.blockingUnaryCall(channel, method, options, request);
    } catch (StatusRuntimeException refused) {
      throw failure(refused);
    }
  }

  @Override
  public Listening subscribe(SubscribeRequest request) {
    Context.CancellableContext context = Context.current().withCancellation();
    try {
      Iterator<ServerEvent> events =
          context.call(() -> ConversationServiceGrpc.newBlockingStub(channel).subscribe(request));
      return new Pulled(events, context);
    } catch (Exception e) {
      throw failure(e);
    }
  }

  private record Pulled(Iterator<ServerEvent> events, Context.CancellableContext context)
      implements Listening {
    @Override
    public boolean read(Consumer<ServerEvent> into) {
      try {
        boolean more = events.hasNext();
        if (more) {
          into.accept(events.next());
        }
        return more;
      } catch (StatusRuntimeException refused) {
        throw failure(refused);
      }
    }

    @Override
    public void close() {
      context.cancel(null);
    }
  }

  static ParleyException failure(Throwable thrown) {
    Status status = StatusProto.fromThrowable(thrown);
    return status == null
        ? ParleyException.unavailable(String.valueOf(thrown.getMessage()), thrown)
        : ParleyException.of(status);
  }
}
