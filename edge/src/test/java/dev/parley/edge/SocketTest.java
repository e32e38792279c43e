package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conversation.v1.AudioChunk;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.type.v1.Reason;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversations over a WebSocket. */
class SocketTest {
  private final FakeConversation conversation = new FakeConversation();
  private final HttpClient http = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private Edge edge;

  @BeforeEach
  void start() {
    edge = Edge.builder().service(conversation).start();
  }

  @AfterEach
  void stop() {
    edge.close();
    http.close();
  }

  private WebSocket connect(String origin) {
    String named = origin.isEmpty() ? "http://127.0.0.1:" + edge.port() : origin;
    return connect(http.newWebSocketBuilder().header("origin", named));
  }

  private WebSocket connect(WebSocket.Builder builder) {
    return builder
        .subprotocols(ConnectRoute.SUBPROTOCOL)
        .buildAsync(
            URI.create("ws://127.0.0.1:" + edge.port() + "/v1/sessions:connect"), new Ear(heard))
        .join();
  }

  private static void send(WebSocket socket, ClientEvent event) {
    socket.sendBinary(ByteBuffer.wrap(event.toByteArray()), true).join();
  }

  private ServerEvent event() {
    return (ServerEvent) Events.take(heard);
  }

  @Test
  void bothWaysInProtobuf() {
    WebSocket socket = connect("");
    assertThat(socket.getSubprotocol()).isEqualTo("parley.v1");
    send(socket, Events.started());
    assertThat(event().getSessionStarted().getSessionId()).isEqualTo("s1");
    byte[] audio = new byte[65_536];
    for (int i = 0; i < 20; i++) {
      ClientEvent chunk =
          ClientEvent.newBuilder()
              .setAudioChunk(
                  AudioChunk.newBuilder().setData(com.google.protobuf.ByteString.copyFrom(audio)))
              .build();
      send(socket, chunk);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(event().getAudioDelta().getData().size()).isEqualTo(65_536);
    }
    send(socket, Events.ended());
    assertThat(event().hasSessionEnded()).isTrue();
    assertThat(Events.take(heard)).isEqualTo("1000 ");
  }

  @Test
  void bothWaysInJson() {
    WebSocket socket = connect("");
    socket.sendText("{\"sessionStart\":{\"characterId\":\"mira\"}}", true).join();
    assertThat(Events.take(heard))
        .isEqualTo("{\"seq\":\"1\",\"sessionStarted\":{\"sessionId\":\"s1\"}}");
    socket.sendText("{\"textInput\":{\"text\":\"é\"}}", true).join();
    assertThat((String) Events.take(heard)).contains("\"text\":\"é\"");
  }

  @Test
  void aBadFrameIsAProblemAndTheConversationGoesOn() {
    WebSocket socket = connect("");
    send(socket, Events.started());
    assertThat(event().hasSessionStarted()).isTrue();
    socket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) 0xff, 1, 2}), true).join();
    ServerEvent problem = event();
    assertThat(problem.getProblem().getReason()).isEqualTo(Reason.REASON_INVALID_ARGUMENT);
    assertThat(problem.getSeq()).isZero();
    send(socket, Events.said("still here"));
    assertThat(event().getTextDelta().getText()).isEqualTo("still here");
  }

  @Test
  void anOpenMicrophoneHasNoEnd() {
    WebSocket socket = connect("");
    send(socket, Events.started());
    assertThat(event().hasSessionStarted()).isTrue();
    for (long sent = 0; sent < Edge.MAX_REQUEST_BYTES * 5L / 4; sent += 65_536) {
      send(socket, Events.sound());
      assertThat(event().hasAudioDelta()).isTrue();
    }
  }

  @Test
  void aFrameThatIsTooLargeEndsTheSocketWithItsReason() {
    WebSocket socket = connect("");
    send(socket, Events.started());
    assertThat(event().hasSessionStarted()).isTrue();
    socket.sendBinary(ByteBuffer.wrap(new byte[300_000]), true).join();
    assertThat((String) Events.take(heard)).startsWith("1009 ");
  }

  @Test
  void aFailureIsSaidAndClosesWithItsReason() {
    WebSocket socket = connect("");
    send(socket, Events.started());
    assertThat(event().hasSessionStarted()).isTrue();
    send(socket, ClientEvent.newBuilder().setInterrupt(Interrupt.getDefaultInstance()).build());
    assertThat(event().getProblem().getReason()).isEqualTo(Reason.REASON_SESSION_NOT_FOUND);
    assertThat((String) Events.take(heard)).startsWith("4005 SESSION_NOT_FOUND: no session");
  }

  @Test
  void leavingEndsTheCall() throws Exception {
    WebSocket socket = connect("");
    send(socket, Events.started());
    assertThat(event().hasSessionStarted()).isTrue();
    socket.abort();
    assertThat(conversation.left.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aServerThatGoesAwaySaysSo() {
    WebSocket socket = connect("");
    send(socket, Events.started());
    assertThat(event().hasSessionStarted()).isTrue();
    edge.close();
    assertThat((String) Events.take(heard)).startsWith("1012 ");
  }

  @Test
  void aProgramThatIsNoPageNamesNoOriginAndIsLetIn() {
    WebSocket socket = connect(http.newWebSocketBuilder());
    send(socket, Events.started());
    assertThat(event().getSessionStarted().getSessionId()).isEqualTo("s1");
  }

  @Test
  void aForeignPageStaysOutside() {
    assertThatThrownBy(() -> connect("https://evil.example"))
        .hasRootCauseMessage("Unexpected HTTP response status code 403");
  }

  /** Collects events, texts and the closing as {@code code reason}. */
  private static final class Ear implements WebSocket.Listener {
    private final LinkedBlockingQueue<Object> heard;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();

    Ear(LinkedBlockingQueue<Object> heard) {
      this.heard = heard;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      part.writeBytes(bytes);
      if (last) {
        try {
          heard.add(ServerEvent.parseFrom(part.toByteArray()));
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
          heard.add(e);
        }
        part.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add(code + " " + reason);
      return null;
    }
  }
}
