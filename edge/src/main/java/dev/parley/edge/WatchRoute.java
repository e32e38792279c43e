package dev.parley.edge;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.WatchDocumentRequest;
import dev.parley.document.v1.WatchDocumentResponse;
import io.grpc.Channel;

/** {@code GET /v1/documents/{id}:watch} as server-sent events, each {@code event: progress}. */
record WatchRoute(Channel documents, OpenStreams open) implements HttpService {
  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    ctx.clearRequestTimeout();
    var request = WatchDocumentRequest.newBuilder().setDocumentId(ctx.pathParam("id")).build();
    return new EventStream<WatchDocumentRequest, WatchDocumentResponse>(
            ctx, open, _ -> "event: progress\n")
        .start(documents, DocumentServiceGrpc.getWatchDocumentMethod(), request);
  }
}
