package dev.parley.edge;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/**
 * A call whose audio is the request's body as it is, 8 MiB at most, its other fields in the query.
 *
 * @param channel the service
 * @param method a unary method
 * @param translation makes the method's request
 */
record UploadRoute<Q extends Message, S extends Message>(
    Channel channel, MethodDescriptor<Q, S> method, Translation<Q> translation)
    implements HttpService {
  private static final long MAX_AUDIO_BYTES = 8 << 20;

  /** Makes a request of the audio; an {@link IllegalArgumentException} says what is wrong. */
  interface Translation<Q> {
    Q of(ServiceRequestContext ctx, ByteString audio, AudioFormat format);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    ctx.setMaxRequestLength(MAX_AUDIO_BYTES);
    return HttpResponse.of(req.aggregate().thenCompose(body -> call(ctx, body)));
  }

  private CompletableFuture<HttpResponse> call(
      ServiceRequestContext ctx, AggregatedHttpRequest body) {
    Q request;
    try {
      request =
          translation.of(
              ctx, ByteString.copyFrom(body.content().array()), format(body.contentType()));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          StatusJson.response(
              StatusJson.of(Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", e.getMessage())));
    }
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    ClientCall<Q, S> call = Passing.call(ctx, channel, method, new Answered<>(answer));
    Passing.send(call, request).request(2);
    ctx.whenRequestCancelling().thenAccept(cause -> call.cancel("the client left", cause));
    return answer;
  }

  /** Raw samples as {@code audio/L16} or {@code audio/pcm} with {@code rate}; else a container. */
  private static AudioFormat format(MediaType type) {
    if (type == null) {
      throw new IllegalArgumentException(
          "content-type: missing (expected one of audio, or application/json)");
    }
    if (!type.subtype().equalsIgnoreCase("l16") && !type.subtype().equalsIgnoreCase("pcm")) {
      return AudioFormat.newBuilder().setEncoding(AudioEncoding.AUDIO_ENCODING_CONTAINER).build();
    }
    String rate = type.parameters().getOrDefault("rate", java.util.List.of("16000")).getFirst();
    try {
      return AudioFormat.newBuilder()
          .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
          .setSampleRateHz(Integer.parseInt(rate))
          .build();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("rate: expected samples a second, got " + rate, e);
    }
  }

  /** Turns the one answer into JSON. */
  private static final class Answered<S extends Message> extends ClientCall.Listener<S> {
    private final CompletableFuture<HttpResponse> answer;

    Answered(CompletableFuture<HttpResponse> answer) {
      this.answer = answer;
    }

    @Override
    public void onMessage(S message) {
      answer.complete(HttpResponse.of(HttpStatus.OK, MediaType.JSON, StrictJson.print(message)));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!answer.isDone()) {
        answer.complete(StatusJson.response(StatusJson.of(status, trailers)));
      }
    }
  }
}
