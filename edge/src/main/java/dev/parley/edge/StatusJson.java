package dev.parley.edge;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;

/** Failures as {@code google.rpc.Status} in JSON, the one error body of every HTTP answer. */
final class StatusJson {
  private static final String DOMAIN = "parley.dev";
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(com.google.rpc.ErrorDetailsProto.getDescriptor().getMessageTypes())
                  .build());

  private StatusJson() {}

  /** A refusal of the edge itself, with the one {@code ErrorInfo} that every refusal has. */
  static Status of(Code code, String reason, String message) {
    ErrorInfo info = ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build();
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(message)
        .addDetails(Any.pack(info))
        .build();
  }

  /** What a service said, with its details. */
  static Status of(io.grpc.Status status, Metadata trailers) {
    return StatusProto.fromStatusAndTrailers(status, trailers);
  }

  /** In one line; details of unknown types are left out. */
  static String print(Status status) {
    try {
      return PRINTER.print(status);
    } catch (InvalidProtocolBufferException unknownDetail) {
      return print(withoutUnknownDetails(status));
    }
  }

  static HttpResponse response(Status status) {
    return aggregated(status, httpStatus(status.getCode())).toHttpResponse();
  }

  static AggregatedHttpResponse aggregated(Status status, HttpStatus http) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(http).contentType(MediaType.JSON);
    if (http.equals(HttpStatus.UNAUTHORIZED)) {
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, challenge(status));
    }
    return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(print(status)));
  }

  /** How to prove who one is, and whether what was shown was bad (RFC 6750, section 3). */
  private static String challenge(Status status) {
    boolean shown = status.getDetailsList().stream().anyMatch(StatusJson::isBadToken);
    return shown ? "Bearer realm=\"parley\", error=\"invalid_token\"" : "Bearer realm=\"parley\"";
  }

  private static boolean isBadToken(Any detail) {
    try {
      return detail.is(ErrorInfo.class)
          && detail.unpack(ErrorInfo.class).getReason().equals("TOKEN_INVALID");
    } catch (InvalidProtocolBufferException damaged) {
      return false;
    }
  }

  /** The HTTP status of a canonical code. */
  static HttpStatus httpStatus(int code) {
    return switch (Code.forNumber(code)) {
      case OK -> HttpStatus.OK;
      case CANCELLED -> HttpStatus.valueOf(499);
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
      case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case ALREADY_EXISTS, ABORTED -> HttpStatus.CONFLICT;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case null, default -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  private static Status withoutUnknownDetails(Status status) {
    Status.Builder known = status.toBuilder().clearDetails();
    for (Any detail : status.getDetailsList()) {
      try {
        PRINTER.print(detail);
        known.addDetails(detail);
      } catch (InvalidProtocolBufferException unknown) {
        continue;
      }
    }
    return known.build();
  }
}
