package dev.parley.edge;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.UploadDocumentHeader;
import dev.parley.document.v1.UploadDocumentRequest;
import io.grpc.Channel;

/**
 * {@code POST /v1/documents?display_name=…&collection_id=…&tags=…} with the file as the body, which
 * flows on as fast as the service takes it.
 */
record FileRoute(Channel documents) implements HttpService {
  /**
   * A little more than the service accepts, so that it says what is too large. A limit of the
   * route: one that is set while a request is served comes too late for its announced length.
   */
  static final long MAX_BYTES = (512L << 20) + (1 << 20);

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    MediaType type = req.contentType();
    if (type != null && type.is(MediaType.create("multipart", "*"))) {
      return StatusJson.response(
          StatusJson.of(
              Code.INVALID_ARGUMENT,
              "INVALID_ARGUMENT",
              "body: " + type.nameWithoutParameters() + " (expected the bytes of the file)"));
    }
    ctx.clearRequestTimeout();
    FileUpload upload = new FileUpload();
    upload.call =
        Passing.call(ctx, documents, DocumentServiceGrpc.getUploadDocumentMethod(), upload.answers);
    upload.call.request(2);
    upload.call.sendMessage(
        UploadDocumentRequest.newBuilder().setHeader(header(ctx.queryParams())).build());
    req.subscribe(upload, ctx.eventLoop());
    ctx.whenRequestCancelling().thenAccept(cause -> upload.call.cancel("the client left", cause));
    return HttpResponse.of(upload.answer);
  }

  private static UploadDocumentHeader header(QueryParams query) {
    return UploadDocumentHeader.newBuilder()
        .setDisplayName(query.get("display_name", query.get("displayName", "")))
        .setCollectionId(query.get("collection_id", query.get("collectionId", "")))
        .addAllTags(query.getAll("tags"))
        .build();
  }
}
