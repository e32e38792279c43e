package dev.parley.edge;

import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every failure of every route the same body, whoever found it. */
final class Refusals implements ServerErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final com.google.rpc.Status TOO_LARGE =
      StatusJson.of(Code.RESOURCE_EXHAUSTED, "TOO_LARGE", "more bytes than accepted");
  private static final String DETAILS = "grpc-status-details-bin";
  private static final Metadata.Key<byte[]> DETAILS_KEY =
      Metadata.Key.of(DETAILS, Metadata.BINARY_BYTE_MARSHALLER);

  /** For calls that came as REST: the status with the details that came in its trailers. */
  static HttpResponse transcoded(
      ServiceRequestContext ctx, Status status, AggregatedHttpResponse response) {
    String details = response.headers().get(DETAILS, response.trailers().get(DETAILS, ""));
    Metadata trailers = new Metadata();
    if (!details.isEmpty()) {
      trailers.put(DETAILS_KEY, Base64.getDecoder().decode(details));
    }
    return StatusJson.response(StatusJson.of(status, trailers));
  }

  /** For calls that failed within gRPC itself: time is up, or the JSON does not fit. */
  static Status inCall(RequestContext ctx, Status status, Throwable cause, Metadata trailers) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof RequestTimeoutException) {
        return detailed(
            StatusJson.of(Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "time is up"), trailers);
      }
      if (t instanceof ContentTooLargeException) {
        return detailed(TOO_LARGE, trailers);
      }
      if (t instanceof StrictJson.JsonRefused) {
        return detailed(
            StatusJson.of(Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", t.getMessage()), trailers);
      }
    }
    return trailers.containsKey(DETAILS_KEY) ? status : explained(status, trailers);
  }

  /** What the library refuses by itself gets the one {@code ErrorInfo} that every refusal has. */
  private static Status explained(Status status, Metadata trailers) {
    String reason =
        switch (status.getCode()) {
          case OK, CANCELLED -> "";
          case RESOURCE_EXHAUSTED -> "TOO_LARGE";
          case INVALID_ARGUMENT -> "INVALID_ARGUMENT";
          case DEADLINE_EXCEEDED -> "DEADLINE_EXCEEDED";
          case UNIMPLEMENTED, NOT_FOUND -> "NOT_FOUND";
          case UNAVAILABLE -> "UNAVAILABLE";
          default -> "INTERNAL";
        };
    if (reason.isEmpty()) {
      return status;
    }
    String message = Optional.ofNullable(status.getDescription()).orElse("refused");
    Code code = Code.forNumber(status.getCode().value());
    return detailed(StatusJson.of(code, reason, message), trailers);
  }

  @Override
  public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    if (GrpcRefusal.fits(ctx.request().headers())) {
      return null;
    }
    return switch (cause) {
      case HttpResponseException e -> null;
      case HttpStatusException e -> plain(e.httpStatus()).toHttpResponse();
      case ContentTooLargeException e ->
          plain(HttpStatus.REQUEST_ENTITY_TOO_LARGE).toHttpResponse();
      case RequestTimeoutException e -> plain(HttpStatus.GATEWAY_TIMEOUT).toHttpResponse();
      case IllegalArgumentException e ->
          StatusJson.response(
              StatusJson.of(Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", e.getMessage()));
      default -> {
        LOG.warn("{} {} failed", ctx.method(), ctx.mappedPath(), cause);
        yield plain(HttpStatus.INTERNAL_SERVER_ERROR).toHttpResponse();
      }
    };
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      ServiceRequestContext ctx,
      ServiceConfig config,
      RequestHeaders headers,
      HttpStatus status,
      String description,
      Throwable cause) {
    return headers != null && GrpcRefusal.fits(headers) ? null : plain(status);
  }

  /** The body for an HTTP status that no service gave. A wrong method reads as a wrong path. */
  static AggregatedHttpResponse plain(HttpStatus http) {
    return switch (http.code()) {
      case 404, 405 ->
          StatusJson.aggregated(
              StatusJson.of(Code.NOT_FOUND, "NOT_FOUND", "nothing is served here"),
              HttpStatus.NOT_FOUND);
      case 413, 414, 431 -> StatusJson.aggregated(TOO_LARGE, http);
      case 503 ->
          StatusJson.aggregated(
              StatusJson.of(Code.UNAVAILABLE, "UNAVAILABLE", "not there now; try again"), http);
      case 504 ->
          StatusJson.aggregated(
              StatusJson.of(Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "time is up"), http);
      default ->
          http.isServerError()
              ? StatusJson.aggregated(
                  StatusJson.of(Code.INTERNAL, "INTERNAL", "a fault of the server"), http)
              : StatusJson.aggregated(
                  StatusJson.of(
                      Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", "the request is not well formed"),
                  http);
    };
  }

  /** A refusal that came before any service, in the way in which the client wants answers. */
  static HttpResponse answer(RequestHeaders asked, com.google.rpc.Status status) {
    return GrpcRefusal.fits(asked) ? GrpcRefusal.of(asked, status) : StatusJson.response(status);
  }

  /** What a credential that opens nothing is answered with. */
  static StatusRuntimeException unauthenticated(String message) {
    return StatusProto.toStatusRuntimeException(
        StatusJson.of(Code.UNAUTHENTICATED, "TOKEN_INVALID", message));
  }

  private static Status detailed(com.google.rpc.Status status, Metadata trailers) {
    trailers.merge(StatusProto.toStatusRuntimeException(status).getTrailers());
    return Status.fromCodeValue(status.getCode()).withDescription(status.getMessage());
  }
}
