package dev.parley.edge;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketCloseStatus;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.Problem;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.type.v1.Reason;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One WebSocket tied to one {@code Converse} call, all on the request's event loop. A frame is
 * taken when the service is ready for it, an event when the socket took the one before. A frame
 * that cannot be read is answered with a {@link Problem} and the conversation goes on.
 */
final class SocketBridge extends ClientCall.Listener<ServerEvent>
    implements Subscriber<WebSocketFrame> {
  private final ServiceRequestContext ctx;
  private final WebSocketWriter out;
  private final OpenStreams open;
  private final Runnable ending = this::goAway;
  private ClientCall<ClientEvent, ServerEvent> call;
  private Subscription frames;
  private boolean json;
  private boolean frameOwed;
  private boolean begun;

  SocketBridge(ServiceRequestContext ctx, WebSocketWriter out, OpenStreams open) {
    this.ctx = ctx;
    this.out = out;
    this.open = open;
  }

  void start(Channel conversation, WebSocket in) {
    call = Passing.call(ctx, conversation, ConversationServiceGrpc.getConverseMethod(), this);
    call.request(1);
    open.add(ending);
    out.whenComplete()
        .whenComplete((nothing, thrown) -> {
          open.remove(ending);
          call.cancel("the socket closed", null);
        });
    in.subscribe(this, ctx.eventLoop());
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    frames = subscription;
    frames.request(1);
  }

  @Override
  public void onNext(WebSocketFrame frame) {
    switch (frame.type()) {
      case BINARY, TEXT -> take(frame);
      case PING -> answer(WebSocketFrame.ofPong(frame.array()));
      case CLOSE -> {
        out.close();
        done();
      }
      default -> done();
    }
  }

  @Override
  public void onError(Throwable thrown) {
    call.cancel("the socket broke", thrown);
  }

  @Override
  public void onComplete() {
    out.close();
  }

  @Override
  public void onMessage(ServerEvent event) {
    write(event);
    out.whenConsumed().thenRun(() -> call.request(1));
  }

  @Override
  public void onReady() {
    nextFrame();
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (status.isOk()) {
      out.close(WebSocketCloseStatus.NORMAL_CLOSURE, "");
    } else {
      SocketEnd end = SocketEnd.of(StatusJson.of(status, trailers));
      write(ServerEvent.newBuilder().setProblem(end.problem()).build());
      out.close(end.code(), end.reason());
    }
  }

  private void take(WebSocketFrame frame) {
    try {
      boolean text = frame.type().name().equals("TEXT");
      json = begun ? json : text;
      begun = true;
      call.sendMessage(
          text
              ? StrictJson.parse(frame.text(), ClientEvent.getDefaultInstance())
              : ClientEvent.parseFrom(frame.array()));
      done();
    } catch (InvalidProtocolBufferException | StrictJson.JsonRefused e) {
      refuse("not a ClientEvent: " + e.getMessage());
    }
  }

  private void refuse(String message) {
    Problem problem =
        Problem.newBuilder()
            .setReason(Reason.REASON_INVALID_ARGUMENT)
            .setMessage(message)
            .setPart("input")
            .build();
    answer(framed(ServerEvent.newBuilder().setProblem(problem).build()));
  }

  /** The next frame waits until the socket took this, or answers pile up that nobody reads. */
  private void answer(WebSocketFrame frame) {
    out.tryWrite(frame);
    out.whenConsumed().thenRunAsync(this::done, ctx.eventLoop());
  }

  private void done() {
    frameOwed = true;
    nextFrame();
  }

  private void nextFrame() {
    if (frameOwed && call.isReady()) {
      frameOwed = false;
      frames.request(1);
    }
  }

  private void write(ServerEvent event) {
    out.tryWrite(framed(event));
  }

  private WebSocketFrame framed(ServerEvent event) {
    return json
        ? WebSocketFrame.ofText(StrictJson.print(event))
        : WebSocketFrame.ofBinary(event.toByteArray());
  }

  private void goAway() {
    ctx.eventLoop()
        .execute(() -> out.close(WebSocketCloseStatus.SERVICE_RESTART, "the server goes away"));
  }
}
