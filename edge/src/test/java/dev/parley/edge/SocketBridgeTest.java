package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketFrameType;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A bridge whose socket is read by hand. */
@Timeout(30)
class SocketBridgeTest {
  private final ServiceRequestContext ctx =
      ServiceRequestContext.of(HttpRequest.of(HttpMethod.GET, "/"));
  private final WebSocketWriter in = WebSocket.streaming();
  private final WebSocketWriter out = WebSocket.streaming();
  private final Reader reader = new Reader();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    server =
        InProcessServerBuilder.forName("bridged")
            .addService(new FakeConversation())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName("bridged").build();
    new SocketBridge(ctx, out, new OpenStreams()).start(channel, in);
    out.subscribe(reader, ctx.eventLoop());
    in.write(WebSocketFrame.ofBinary(Events.started().toByteArray()));
    assertThat(reader.next().type()).isEqualTo(WebSocketFrameType.BINARY);
    in.whenConsumed().join();
  }

  @AfterEach
  void stop() {
    out.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void noFrameIsTakenBeforeThePongToTheOneBeforeIsRead() throws Exception {
    takenOnlyOnceTheAnswerIsRead(WebSocketFrame.ofPing(new byte[] {1, 2}), WebSocketFrameType.PONG);
  }

  @Test
  void noFrameIsTakenBeforeTheRefusalOfTheOneBeforeIsRead() throws Exception {
    takenOnlyOnceTheAnswerIsRead(
        WebSocketFrame.ofBinary(new byte[] {(byte) 0xff, 1, 2}), WebSocketFrameType.BINARY);
  }

  private void takenOnlyOnceTheAnswerIsRead(WebSocketFrame frame, WebSocketFrameType answer)
      throws Exception {
    in.write(frame);
    in.write(frame);
    var taken = in.whenConsumed();
    for (int i = 0; i < 10; i++) {
      ctx.eventLoop().submit(() -> {}).get();
    }
    assertThat(taken).isNotDone();
    assertThat(reader.next().type()).isEqualTo(answer);
    assertThat(reader.next().type()).isEqualTo(answer);
    taken.join();
  }

  /** Takes a frame when it is asked for one. */
  private static final class Reader implements Subscriber<WebSocketFrame> {
    private final LinkedBlockingQueue<Object> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> wanted = new CompletableFuture<>();

    WebSocketFrame next() {
      wanted.join().request(1);
      return (WebSocketFrame) Events.take(frames);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      wanted.complete(subscription);
    }

    @Override
    public void onNext(WebSocketFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable thrown) {
      frames.add(thrown);
    }

    @Override
    public void onComplete() {}
  }
}
