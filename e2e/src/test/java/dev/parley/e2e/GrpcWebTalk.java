package dev.parley.e2e;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.OpenSessionRequest;
import dev.parley.conversation.v1.OpenSessionResponse;
import dev.parley.conversation.v1.SendInputRequest;
import dev.parley.conversation.v1.SendInputResponse;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.SubscribeRequest;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** gRPC-Web in its binary form over HTTP/1.1, framed by hand. */
final class GrpcWebTalk implements Carrier.Talk {
  private static final String SERVICE = "/parley.conversation.v1.ConversationService/";
  private final HttpClient http;
  private final int port;
  private final SessionStarted session;
  private final DataInputStream frames;
  private final Received heard = new Received();

  private GrpcWebTalk(
      HttpClient http, int port, SessionStarted session, SubscribeRequest from, boolean fresh) {
    this.http = http;
    this.port = port;
    this.session = session;
    if (fresh) {
      var started = ServerEvent.newBuilder().setSeq(1).setSessionStarted(session);
      heard.add(Optional.of(started.build()));
    }
    this.frames = new DataInputStream(post(http, port, "Subscribe", from));
    heard.from(this::read);
  }

  static GrpcWebTalk open(int port, SessionStart start) {
    HttpClient http = client();
    var request = OpenSessionRequest.newBuilder().setStart(start).build();
    var opened = unary(http, port, "OpenSession", request, OpenSessionResponse.parser());
    SessionStarted session = opened.getStarted();
    return new GrpcWebTalk(http, port, session, request(session, start, opened.getSeq()), true);
  }

  static GrpcWebTalk subscribed(
      int port, SessionStarted session, SessionStart start, long afterSeq) {
    return new GrpcWebTalk(client(), port, session, request(session, start, afterSeq), false);
  }

  private static SubscribeRequest request(
      SessionStarted session, SessionStart start, long afterSeq) {
    return SubscribeRequest.newBuilder()
        .setSessionId(session.getSessionId())
        .setClientId(session.getClientId())
        .addAllTiers(start.getTiersList())
        .setAfterSeq(afterSeq)
        .build();
  }

  @Override
  public Optional<ServerEvent> next(Duration limit) {
    return heard.next(limit);
  }

  private Optional<ServerEvent> read() {
    try {
      int flag = frames.read();
      if (flag != 0) {
        return Optional.empty(); // Trailers, or the end.
      }
      byte[] message = new byte[frames.readInt()];
      frames.readFully(message);
      ServerEvent event = ServerEvent.parseFrom(message);
      return event.hasSessionStarted() ? read() : Optional.of(event);
    } catch (IOException cut) {
      return Optional.empty();
    }
  }

  @Override
  public void send(ClientEvent event) {
    var request =
        SendInputRequest.newBuilder()
            .setSessionId(session.getSessionId())
            .setClientId(session.getClientId())
            .addEvents(event)
            .build();
    unary(http, port, "SendInput", request, SendInputResponse.parser());
  }

  private static <T> T unary(
      HttpClient http, int port, String method, Message request, Parser<T> parser) {
    try (DataInputStream in = new DataInputStream(post(http, port, method, request))) {
      if (in.read() != 0) {
        throw new IllegalStateException(method + " gave no message");
      }
      return parser.parseFrom(in.readNBytes(in.readInt()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream post(HttpClient http, int port, String method, Message request) {
    byte[] message = request.toByteArray();
    byte[] frame =
        ByteBuffer.allocate(5 + message.length)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .array();
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + SERVICE + method))
                  .header("content-type", "application/grpc-web+proto")
                  .header("x-grpc-web", "1")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(frame))
                  .build(),
              BodyHandlers.ofInputStream())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
