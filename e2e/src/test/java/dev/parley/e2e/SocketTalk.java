package dev.parley.e2e;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One event a binary frame. */
final class SocketTalk implements Carrier.Talk {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Received heard = new Received();
  private final WebSocket socket;

  SocketTalk(int port, SessionStart start) {
    socket =
        http.newWebSocketBuilder()
            .subprotocols("parley.v1")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/sessions:connect"), new Ear())
            .join();
    send(ClientEvent.newBuilder().setSessionStart(start).build());
  }

  @Override
  public Optional<ServerEvent> next(Duration limit) {
    return heard.next(limit);
  }

  @Override
  public void send(ClientEvent event) {
    socket.sendBinary(ByteBuffer.wrap(event.toByteArray()), true).join();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private final class Ear implements WebSocket.Listener {
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      part.writeBytes(bytes);
      if (last) {
        try {
          heard.add(Optional.of(ServerEvent.parseFrom(part.toByteArray())));
        } catch (InvalidProtocolBufferException e) {
          heard.add(Optional.empty());
        }
        part.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add(Optional.empty());
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable broken) {
      heard.add(Optional.empty());
    }
  }
}
