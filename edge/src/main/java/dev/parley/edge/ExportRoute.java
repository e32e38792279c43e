package dev.parley.edge;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A stream of parts as a JSON file, written while it is read: parts flow as fast as the client
 * takes them. A failure before the first is told as such, a later one breaks the file off.
 *
 * @param lists names of the file's lists, in the order in which their parts come
 * @param part which list an answer belongs to, and what is written there
 */
record ExportRoute<Q, S>(
    Channel channel,
    MethodDescriptor<Q, S> method,
    Function<QueryParams, Q> request,
    String file,
    List<String> lists,
    Function<S, Part> part)
    implements HttpService {
  /** A part of a list. */
  record Part(String list, Message message) {}

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    ctx.clearRequestTimeout();
    Writing writing = new Writing();
    writing.call = Passing.call(ctx, channel, method, writing);
    Passing.send(writing.call, request.apply(ctx.queryParams())).request(1);
    return HttpResponse.of(writing.answer);
  }

  private final class Writing extends ClientCall.Listener<S> {
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private final HttpResponseWriter writer = HttpResponse.streaming();
    private final Sections sections = new Sections(lists);
    private ClientCall<Q, S> call;
    private boolean begun;

    @Override
    public void onMessage(S message) {
      String before = begun ? "" : begin();
      Part it = part.apply(message);
      writer.tryWrite(HttpData.ofUtf8(before + sections.add(it.list(), it.message())));
      writer.whenConsumed().thenRun(() -> call.request(1));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!status.isOk() && !begun) {
        answer.complete(StatusJson.response(StatusJson.of(status, trailers)));
      } else if (status.isOk()) {
        writer.tryWrite(HttpData.ofUtf8((begun ? "" : begin()) + sections.end()));
        writer.close();
      } else {
        writer.close(status.asRuntimeException());
      }
    }

    private String begin() {
      begun = true;
      writer.write(
          ResponseHeaders.builder(HttpStatus.OK)
              .contentType(MediaType.JSON_UTF_8)
              .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
              .set(HttpHeaderNames.CACHE_CONTROL, "private, no-store")
              .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
              .build());
      writer
          .whenComplete()
          .whenComplete((nothing, thrown) -> call.cancel("the export ended", null));
      answer.complete(writer);
      return sections.begin();
    }
  }
}
