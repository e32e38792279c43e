package dev.parley.edge;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** An edge on a free port before a conversation service that is told what to do. */
final class RunningEdge implements AutoCloseable {
  private final FakeConversation conversation = new FakeConversation();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Edge edge =
      Edge.builder()
          .service(conversation)
          .callLimit(Duration.ofSeconds(5))
          .stopLimit(Duration.ofMillis(500))
          .ready(() -> Map.of("memory", "not yet"))
          .start();

  FakeConversation conversation() {
    return conversation;
  }

  HttpClient http() {
    return http;
  }

  int port() {
    return edge.port();
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = to(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        to(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  void withChannel(java.util.function.Consumer<ManagedChannel> work) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", edge.port()).usePlaintext().build();
    try {
      work.accept(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  /** The edge goes; its clients are still there. */
  void leave() {
    edge.close();
  }

  @Override
  public void close() {
    edge.close();
    http.close();
  }
}
