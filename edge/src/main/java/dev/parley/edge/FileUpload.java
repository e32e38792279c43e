package dev.parley.edge;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import com.google.rpc.Code;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.parley.document.v1.UploadDocumentRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** One body on its way into a call. All of it runs on the request's event loop. */
final class FileUpload implements Subscriber<HttpObject> {
  private static final int PIECE = 1 << 20;

  final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  final Answers answers = new Answers();
  ClientCall<UploadDocumentRequest, UploadDocumentResponse> call;
  private Subscription body;
  private boolean asked;
  private boolean over;

  @Override
  public void onSubscribe(Subscription subscription) {
    body = subscription;
    more();
  }

  /** Asks for bytes while the service takes them. */
  private void more() {
    if (body != null && !asked && !over && call.isReady()) {
      asked = true;
      body.request(1);
    }
  }

  @Override
  public void onNext(HttpObject part) {
    asked = false;
    if (part instanceof HttpData data && !over) {
      ByteString bytes = UnsafeByteOperations.unsafeWrap(data.array());
      for (int from = 0; from < bytes.size(); from += PIECE) {
        ByteString piece = bytes.substring(from, Math.min(bytes.size(), from + PIECE));
        call.sendMessage(UploadDocumentRequest.newBuilder().setData(piece).build());
      }
    }
    more();
  }

  @Override
  public void onError(Throwable thrown) {
    boolean large = thrown instanceof ContentTooLargeException;
    over = true;
    call.cancel("the body ended early", thrown);
    answer.complete(
        StatusJson.response(
            large
                ? StatusJson.of(
                    Code.RESOURCE_EXHAUSTED, "TOO_LARGE", "body: expected 512 MB at most")
                : StatusJson.of(Code.CANCELLED, "UNAVAILABLE", "the body ended early")));
  }

  @Override
  public void onComplete() {
    if (!over) {
      over = true;
      call.halfClose();
    }
  }

  /** The one answer, which may come before the body's end when it is a refusal. */
  final class Answers extends ClientCall.Listener<UploadDocumentResponse> {
    @Override
    public void onReady() {
      more();
    }

    @Override
    public void onMessage(UploadDocumentResponse message) {
      answer.complete(HttpResponse.of(HttpStatus.OK, MediaType.JSON, StrictJson.print(message)));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      over = true;
      answer.complete(StatusJson.response(StatusJson.of(status, trailers)));
      if (body != null) {
        body.cancel();
      }
    }
  }
}
