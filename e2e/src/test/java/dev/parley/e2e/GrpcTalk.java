package dev.parley.e2e;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Optional;

/** {@code Converse} over HTTP/2. */
final class GrpcTalk implements Carrier.Talk {
  private final ManagedChannel channel;
  private final ClientStream<ClientEvent, ServerEvent> stream;

  GrpcTalk(int port, SessionStart start) {
    this(
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build(),
        start);
  }

  /** Over a channel that is closed with it. */
  GrpcTalk(ManagedChannel channel, SessionStart start) {
    this.channel = channel;
    stream =
        ClientStream.open(
            channel, ConversationServiceGrpc.getConverseMethod(), CallOptions.DEFAULT);
    try {
      stream.send(ClientEvent.newBuilder().setSessionStart(start).build());
    } catch (Failure over) {
      channel.shutdownNow();
      throw over;
    }
  }

  @Override
  public Optional<ServerEvent> next(Duration limit) {
    try {
      return stream.receive(limit);
    } catch (Failure over) {
      if (over.code() == Failure.Code.UNAVAILABLE || over.code() == Failure.Code.INTERNAL) {
        return Optional.empty();
      }
      throw over;
    }
  }

  @Override
  public void send(ClientEvent event) {
    stream.send(event);
  }

  @Override
  public void close() {
    stream.close();
    channel.shutdownNow();
  }
}
