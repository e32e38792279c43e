package dev.parley.edge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.memory.v1.ExportItemsRequest;
import dev.parley.memory.v1.ExportItemsResponse;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/memories:export} as a JSON file, {@code {"items":[...]}}, written while it is
 * read: items flow as fast as the client takes them. A failure before the first is told as such, a
 * later one breaks the file off.
 */
record ExportRoute(Channel memory) implements HttpService {
  private static final String FILE = "attachment; filename=\"memories.json\"";

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    ctx.clearRequestTimeout();
    ExportItemsRequest request =
        ExportItemsRequest.newBuilder()
            .setCharacterId(
                ctx.queryParams().get("character_id", ctx.queryParams().get("characterId", "")))
            .build();
    Items items = new Items();
    items.call = Passing.call(ctx, memory, RecollectionServiceGrpc.getExportItemsMethod(), items);
    Passing.send(items.call, request).request(1);
    return HttpResponse.of(items.answer);
  }

  private static final class Items extends ClientCall.Listener<ExportItemsResponse> {
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private final HttpResponseWriter writer = HttpResponse.streaming();
    private ClientCall<ExportItemsRequest, ExportItemsResponse> call;
    private boolean begun;

    @Override
    public void onMessage(ExportItemsResponse message) {
      String before = begun ? ",\n" : begin();
      writer.tryWrite(HttpData.ofUtf8(before + StrictJson.print(message.getItem())));
      writer.whenConsumed().thenRun(() -> call.request(1));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!status.isOk() && !begun) {
        answer.complete(StatusJson.response(StatusJson.of(status, trailers)));
      } else if (status.isOk()) {
        writer.tryWrite(HttpData.ofUtf8((begun ? "" : begin()) + "]}\n"));
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
              .set(HttpHeaderNames.CONTENT_DISPOSITION, FILE)
              .set(HttpHeaderNames.CACHE_CONTROL, "private, no-store")
              .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
              .build());
      writer
          .whenComplete()
          .whenComplete((nothing, thrown) -> call.cancel("the export ended", null));
      answer.complete(writer);
      return "{\"items\":[";
    }
  }
}
