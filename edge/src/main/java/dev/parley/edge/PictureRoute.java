package dev.parley.edge;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.GetPageImageRequest;
import dev.parley.document.v1.GetPageImageResponse;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v1/documents/{id}/pages/{page}/image?width=…} as a PNG. */
record PictureRoute(Channel documents) implements HttpService {
  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    String width = ctx.queryParams().get("width", "0");
    if (!width.matches("\\d{1,6}")) {
      return StatusJson.response(
          StatusJson.of(
              Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", "width: expected pixels, got " + width));
    }
    var request =
        GetPageImageRequest.newBuilder()
            .setDocumentId(ctx.pathParam("id"))
            .setPage(Integer.parseInt(ctx.pathParam("page")))
            .setWidth(Integer.parseInt(width))
            .build();
    Collected collected = new Collected();
    collected.call =
        Passing.call(ctx, documents, DocumentServiceGrpc.getGetPageImageMethod(), collected);
    Passing.send(collected.call, request).request(1);
    ctx.whenRequestCancelling()
        .thenAccept(cause -> collected.call.cancel("the client left", cause));
    return HttpResponse.of(collected.answer);
  }

  /** The pieces of one picture, a few megabytes at most. */
  private static final class Collected extends ClientCall.Listener<GetPageImageResponse> {
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private ByteString picture = ByteString.EMPTY;
    private ClientCall<GetPageImageRequest, GetPageImageResponse> call;

    @Override
    public void onMessage(GetPageImageResponse piece) {
      picture = picture.concat(piece.getData());
      call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!status.isOk()) {
        answer.complete(StatusJson.response(StatusJson.of(status, trailers)));
        return;
      }
      var headers =
          ResponseHeaders.builder(HttpStatus.OK)
              .contentType(MediaType.PNG)
              .set(HttpHeaderNames.CACHE_CONTROL, "private, max-age=3600")
              .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
              .build();
      answer.complete(HttpResponse.of(headers, HttpData.wrap(picture.toByteArray())));
    }
  }
}
