package dev.parley.client;

import dev.parley.conversation.v1.SessionStart;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;

/** A Parley server as one caller sees it. Thread-safe; close it when done. */
public final class Parley implements AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private final Wire wire;
  private final ManagedChannel connection;
  private final Channel channel;

  private Parley(URI base, String credential) {
    wire = new Wire(base, credential);
    boolean tls = base.getScheme().equals("https");
    int port = base.getPort() > 0 ? base.getPort() : tls ? 443 : 80;
    var builder =
        NettyChannelBuilder.forAddress(base.getHost(), port)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES);
    connection = (tls ? builder.useTransportSecurity() : builder.usePlaintext()).build();
    channel = credential.isEmpty() ? connection : calling(connection, credential);
  }

  /** The server at an address such as {@code http://localhost:8080}, called by nobody. */
  public static Parley at(String base) {
    return at(base, "");
  }

  /** The same, called with an API key ({@code pk_…}) or an access token; empty for none. */
  public static Parley at(String base, String credential) {
    return new Parley(URI.create(base), credential);
  }

  private static Channel calling(Channel channel, String credential) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + credential);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** For the generated stubs of every service. */
  public Channel channel() {
    return channel;
  }

  /** Calls through a door; a WebSocket has none of its own and uses REST. */
  public Calls calls(Door door) {
    return switch (door) {
      case GRPC -> new GrpcCalls(channel);
      case GRPC_WEB -> new GrpcWebCalls(wire);
      case WEB_SOCKET, REST -> new RestCalls(wire);
    };
  }

  /**
   * Talks to a character, or takes up a session where {@code start} has {@code resume}.
   *
   * @throws ParleyException why the server refused
   */
  public Conversation converse(Door door, SessionStart start) {
    return new Conversation(again -> attach(door, again), start);
  }

  private Attachment attach(Door door, SessionStart start) {
    return switch (door) {
      case GRPC -> new GrpcAttachment(channel, start);
      case WEB_SOCKET -> new SocketAttachment(wire, start);
      case GRPC_WEB, REST -> new CalledAttachment(calls(door), start);
    };
  }

  /** Plain HTTP, for media and whatever has no stub: method, path, body in JSON or empty. */
  public HttpResponse<byte[]> http(String method, String path, String json) {
    return wire.whole(
        wire.request(path)
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json)));
  }

  @Override
  public void close() {
    wire.close();
    connection.shutdownNow();
    try {
      connection.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
