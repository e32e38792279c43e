package dev.parley.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One event a binary frame. A conversation that fails ends with a close code of 4000 plus the
 * canonical code, and {@code REASON: message}.
 */
final class SocketAttachment implements Attachment, WebSocket.Listener {
  private static final int FIRST_PRIVATE_CODE = 4000;
  private static final int NORMAL = 1000;

  private final Arrivals arrivals = new Arrivals();
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private final WebSocket socket;

  SocketAttachment(Wire wire, SessionStart start) {
    URI uri = URI.create(wire.uri("/v1/sessions:connect").toString().replaceFirst("^http", "ws"));
    WebSocket.Builder builder = wire.http().newWebSocketBuilder().subprotocols("parley.v1");
    if (!wire.credential().isEmpty()) {
      builder.header("authorization", "Bearer " + wire.credential());
    }
    try {
      socket = builder.buildAsync(uri, this).join();
    } catch (CompletionException e) {
      throw ParleyException.unavailable("no socket: " + e.getCause(), e);
    }
    send(ClientEvent.newBuilder().setSessionStart(start).build());
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    part.writeBytes(bytes);
    if (last) {
      try {
        arrivals.event(ServerEvent.parseFrom(part.toByteArray()));
      } catch (InvalidProtocolBufferException e) {
        arrivals.failed(ParleyException.of(Code.INTERNAL_VALUE, "", "not a ServerEvent"));
      }
      part.reset();
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    if (code > FIRST_PRIVATE_CODE) {
      String[] nameAndMessage = reason.split(": ", 2);
      String message = nameAndMessage.length == 2 ? nameAndMessage[1] : reason;
      arrivals.failed(ParleyException.of(code - FIRST_PRIVATE_CODE, nameAndMessage[0], message));
    } else if (code == NORMAL) {
      arrivals.ended();
    } else {
      arrivals.failed(ParleyException.unavailable("closed: " + code + " " + reason, null));
    }
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable broken) {
    arrivals.failed(ParleyException.unavailable("the socket broke", broken));
  }

  @Override
  public Optional<ServerEvent> next(Duration limit) {
    return arrivals.next(limit);
  }

  @Override
  public synchronized void send(ClientEvent event) {
    try {
      socket.sendBinary(ByteBuffer.wrap(event.toByteArray()), true).join();
    } catch (CompletionException e) {
      throw ParleyException.unavailable("the socket broke", e);
    }
  }

  @Override
  public void close() {
    arrivals.close();
    socket.abort();
  }
}
