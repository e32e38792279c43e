package dev.parley.edge;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One stream of answers as server-sent events. All of it runs on the request's event loop. A
 * refusal within {@value #PATIENCE_MS} ms has its HTTP status; after that the stream is open and
 * ends with {@code event: status}, which is the last event of every stream.
 */
final class EventStream<Q, S extends Message> extends ClientCall.Listener<S> {
  private static final long PATIENCE_MS = 250;
  private static final long HEARTBEAT_MS = 10_000;

  private final ServiceRequestContext ctx;
  private final OpenStreams open;
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private final HttpResponseWriter writer = HttpResponse.streaming();
  private final Runnable ending = this::goAway;
  private final Function<S, String> head;
  private ClientCall<Q, S> call;
  private boolean writing;

  /**
   * Begins.
   *
   * @param head the lines of an event before its data
   */
  EventStream(ServiceRequestContext ctx, OpenStreams open, Function<S, String> head) {
    this.ctx = ctx;
    this.open = open;
    this.head = head;
  }

  HttpResponse start(Channel channel, MethodDescriptor<Q, S> method, Q request) {
    call = Passing.call(ctx, channel, method, this);
    Passing.send(call, request).request(1);
    open.add(ending);
    Future<?> begin = ctx.eventLoop().schedule(this::begin, PATIENCE_MS, TimeUnit.MILLISECONDS);
    Future<?> beat =
        ctx.eventLoop()
            .scheduleAtFixedRate(this::beat, HEARTBEAT_MS, HEARTBEAT_MS, TimeUnit.MILLISECONDS);
    writer
        .whenComplete()
        .whenComplete((nothing, thrown) -> {
          begin.cancel(false);
          beat.cancel(false);
          open.remove(ending);
          call.cancel("the stream ended", null);
        });
    return HttpResponse.of(answer);
  }

  @Override
  public void onMessage(S event) {
    begin();
    write(head.apply(event) + "data: " + StrictJson.print(event) + "\n\n");
    writer.whenConsumed().thenRun(() -> call.request(1));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    com.google.rpc.Status said = StatusJson.of(status, trailers);
    if (!status.isOk() && answer.complete(StatusJson.response(said))) {
      writer.abort();
      return;
    }
    begin();
    end(said);
  }

  private void begin() {
    if (answer.isDone()) {
      return;
    }
    writer.tryWrite(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.EVENT_STREAM)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set("x-accel-buffering", "no")
            .build());
    write(": ok\n\n");
    answer.complete(writer);
  }

  private void beat() {
    if (answer.isDone() && !writing) {
      write(": here\n\n");
    }
  }

  private void goAway() {
    ctx.eventLoop()
        .execute(() -> {
          begin();
          end(StatusJson.of(Code.UNAVAILABLE, "UNAVAILABLE", "the server goes away"));
        });
  }

  private void end(com.google.rpc.Status status) {
    write("event: status\ndata: " + StatusJson.print(status) + "\n\n");
    writer.close();
  }

  private void write(String text) {
    writing = writer.tryWrite(HttpData.ofUtf8(text));
    writer.whenConsumed().thenRun(() -> writing = false);
  }
}
