package dev.parley.edge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A download with ranges, tags and {@code HEAD}. The first byte is asked for to learn the size,
 * then the part that is wanted; bytes flow as fast as the client takes them.
 *
 * @param channel the service that has it
 * @param what what to download, from the request's path
 */
record MediaRoute<Q, S>(Channel channel, Function<ServiceRequestContext, Download<Q, S>> what)
    implements HttpService {

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    Download<Q, S> download = what.apply(ctx);
    ctx.clearRequestTimeout();
    Probe probe = new Probe(ctx, download);
    probe.call = Passing.call(ctx, channel, download.method(), probe);
    Passing.send(probe.call, download.request().part(0, 1)).request(1);
    return HttpResponse.of(probe.answer);
  }

  private HttpResponse stream(
      ServiceRequestContext ctx, Download<Q, S> download, MediaAnswer said) {
    Pump pump = new Pump(said, download.reader());
    pump.call = Passing.call(ctx, channel, download.method(), pump);
    ByteRange part = said.part();
    Passing.send(pump.call, download.request().part(part.first(), part.length())).request(1);
    pump.writer
        .whenComplete()
        .whenComplete((nothing, thrown) -> pump.call.cancel("the download ended", null));
    return HttpResponse.of(pump.answer);
  }

  private static HttpResponse refused(Status status, Metadata trailers) {
    Status said =
        status.isOk() ? Status.UNAVAILABLE.withDescription("the media is not there") : status;
    return StatusJson.response(StatusJson.of(said, trailers));
  }

  private static String tag(ServiceRequestContext ctx, Download.Chunk first) {
    return first.etag().isEmpty()
        ? "\"" + Integer.toHexString(ctx.mappedPath().hashCode()) + "-" + first.totalBytes() + "\""
        : "\"" + first.etag().replace("\"", "") + "\"";
  }

  /** Learns size, type and tag from the first message, then leaves. */
  private final class Probe extends ClientCall.Listener<S> {
    private final ServiceRequestContext ctx;
    private final Download<Q, S> download;
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private ClientCall<Q, S> call;

    Probe(ServiceRequestContext ctx, Download<Q, S> download) {
      this.ctx = ctx;
      this.download = download;
    }

    @Override
    public void onMessage(S message) {
      Download.Chunk first = download.reader().apply(message);
      MediaAnswer said =
          MediaAnswer.to(
                  ctx.request().headers(), first.totalBytes(), first.contentType(), tag(ctx, first))
              .saved(first.fileName());
      answer.complete(
          said.part().length() == 0
              ? HttpResponse.of(said.headers())
              : stream(ctx, download, said));
      call.cancel("the size is known", null);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!answer.isDone()) {
        answer.complete(refused(status, trailers));
      }
    }
  }

  /**
   * Hands bytes on. The headers go with the first of them, so that what is gone meanwhile is told;
   * a failure in the middle breaks the answer off, as its length is promised.
   */
  private final class Pump extends ClientCall.Listener<S> {
    private final HttpResponseWriter writer = HttpResponse.streaming();
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private final MediaAnswer said;
    private final Function<S, Download.Chunk> reader;
    private ClientCall<Q, S> call;

    Pump(MediaAnswer said, Function<S, Download.Chunk> reader) {
      this.said = said;
      this.reader = reader;
    }

    @Override
    public void onMessage(S message) {
      byte[] data = reader.apply(message).data().toByteArray();
      if (data.length == 0) {
        call.request(1);
        return;
      }
      if (!answer.isDone()) {
        writer.tryWrite(said.headers());
        answer.complete(writer);
      }
      writer.tryWrite(HttpData.wrap(data));
      writer.whenConsumed().thenRun(() -> call.request(1));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!answer.isDone()) {
        answer.complete(refused(status, trailers));
        writer.abort();
      } else if (status.isOk()) {
        writer.close();
      } else {
        writer.close(status.asRuntimeException());
      }
    }
  }
}
