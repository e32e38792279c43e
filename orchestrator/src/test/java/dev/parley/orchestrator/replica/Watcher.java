package dev.parley.orchestrator.replica;

import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SubscribeRequest;
import dev.parley.conversation.v1.Tier;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Subscribes to a session from its first event. */
final class Watcher implements AutoCloseable {
  private final ManagedChannel channel;
  private final ClientStream<SubscribeRequest, ServerEvent> stream;
  private final List<String> words = new ArrayList<>();

  Watcher(int port, String sessionId) {
    channel = Hosted.channelTo("127.0.0.1:" + port);
    stream =
        ClientStream.call(
            channel,
            ConversationServiceGrpc.getSubscribeMethod(),
            CallOptions.DEFAULT,
            SubscribeRequest.newBuilder().setSessionId(sessionId).addTiers(Tier.TIER_TEXT).build());
  }

  void awaitEnd() {
    boolean over = false;
    while (!over) {
      ServerEvent e = stream.receive(Duration.ofSeconds(60)).orElseThrow();
      over = e.hasTurnCompleted();
      if (e.hasWordSpoken()) {
        words.add(e.getWordSpoken().getWord());
      }
    }
  }

  List<String> words() {
    return words;
  }

  @Override
  public void close() {
    stream.close();
    channel.shutdownNow();
  }
}
