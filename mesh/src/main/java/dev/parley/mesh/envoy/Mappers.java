package dev.parley.mesh.envoy;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.parley.kit.failure.Failures;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Envoy's own refusals look like: {@code google.rpc.Status} in the headers for gRPC and
 * gRPC-Web, in JSON for REST, with the reason and the words of the embedded edge.
 */
final class Mappers {
  /**
   * One HTTP status.
   *
   * @param grpc the canonical code
   * @param reason of {@code parley.type.v1.Reason}
   * @param message for people; to REST Envoy's own words instead where they tell what is wrong
   * @param retry seconds to wait, 0 for none said
   */
  private record Refusal(int http, int grpc, String reason, String message, int retry) {
    /** With what gRPC clients call a method that is not there. */
    int code() {
      return http == 404 ? Code.UNIMPLEMENTED_VALUE : grpc;
    }

    /** As {@code grpc-status-details-bin}. */
    String details() {
      Status.Builder status = Status.newBuilder().setCode(code()).setMessage(message);
      status.addDetails(
          Any.pack(ErrorInfo.newBuilder().setReason(reason).setDomain(Failures.DOMAIN).build()));
      if (retry > 0) {
        var delay = com.google.protobuf.Duration.newBuilder().setSeconds(retry);
        status.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
      }
      return Base64.getEncoder().withoutPadding().encodeToString(status.build().toByteArray());
    }
  }

  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal(400, 3, "INVALID_ARGUMENT", "the request is not well formed", 0),
          new Refusal(401, 16, "TOKEN_INVALID", "the access token is not good", 0),
          new Refusal(403, 7, "FORBIDDEN", "this server may not be called so", 0),
          new Refusal(404, 5, "NOT_FOUND", "nothing is served here", 0),
          new Refusal(408, 4, "DEADLINE_EXCEEDED", "time is up", 0),
          new Refusal(413, 8, "TOO_LARGE", "more bytes than accepted", 0),
          new Refusal(429, 8, "RATE_LIMITED", "too many calls in a short time", 1),
          new Refusal(431, 8, "TOO_LARGE", "more bytes than accepted", 0),
          new Refusal(500, 13, "INTERNAL", "a fault of the server", 0),
          new Refusal(502, 14, "UNAVAILABLE", "not there now; try again", 1),
          new Refusal(503, 14, "UNAVAILABLE", "not there now; try again", 1),
          new Refusal(504, 4, "DEADLINE_EXCEEDED", "time is up", 0));

  /** Of REST, before and after it was transcoded, with and without a body. */
  private static final String REST =
      "{ or_filter: { filters: [ { header_filter: { header: { name: x-envoy-original-method,"
          + " present_match: true } } }, { header_filter: { header: { name: content-type,"
          + " string_match: { prefix: application/grpc }, invert_match: true,"
          + " treat_missing_header_as_empty: true } } } ] } }";

  private static final String WEB =
      "{ header_filter: { header: { name: x-grpc-web, present_match: true } } }";

  private static final String NATIVE =
      "{ header_filter: { header: { name: content-type, string_match: { prefix: application/grpc } }"
          + " } }";

  private Mappers() {}

  /** All of them; the first that fits is taken. */
  static String yaml() {
    return Stream.of(
            REFUSALS.stream().map(Mappers::web),
            Stream.of(authorisation()),
            REFUSALS.stream().map(Mappers::rest),
            REFUSALS.stream().map(Mappers::grpc))
        .flatMap(it -> it)
        .collect(Collectors.joining("\n"));
  }

  private static String web(Refusal it) {
    return """
    - filter: { and_filter: { filters: [ %s, %s ] } }
      status_code: 200
      headers_to_add: [ %s, %s, %s ]
      body_format_override: { text_format_source: { inline_string: "" }, content_type: application/grpc-web+proto }\
    """
        .formatted(
            is(it.http(), "w"),
            WEB,
            header("grpc-status", Integer.toString(it.code())),
            header("grpc-message", it.message()),
            header("grpc-status-details-bin", it.details()));
  }

  /** Envoy makes a message of the body, which is the one in the details. */
  private static String grpc(Refusal it) {
    return """
    - filter: { and_filter: { filters: [ %s, %s ] } }
      headers_to_add: [ %s, %s ]
      body_format_override: { text_format_source: { inline_string: "%s" } }\
    """
        .formatted(
            is(it.http(), "g"),
            NATIVE,
            header("grpc-status", Integer.toString(it.code())),
            header("grpc-status-details-bin", it.details()),
            it.message());
  }

  /** The orchestrator's refusals are whole already. */
  private static String authorisation() {
    return """
    - filter: { and_filter: { filters: [ { response_flag_filter: { flags: [UAEX] } }, { status_code_filter: { comparison: { op: LE, value: { default_value: 499, runtime_key: lr.uaex } } } } ] } }
      body_format_override: { text_format_source: { inline_string: "%LOCAL_REPLY_BODY%" }, content_type: application/json }\
    """;
  }

  private static String rest(Refusal it) {
    String message = it.http() == 400 ? "%LOCAL_REPLY_BODY%" : it.message();
    return """
    - filter: { and_filter: { filters: [ %s, %s ] } }%s
      body_format_override: { json_format: { code: %d, message: "%s", details: [ { "@type": type.googleapis.com/google.rpc.ErrorInfo, reason: %s, domain: parley.dev }%s ] }, content_type: application/json }\
    """
        .formatted(
            is(it.http(), "s"), REST, challenge(it), it.grpc(), message, it.reason(), retry(it));
  }

  /** RFC 6750, section 3; Envoy's own names the address that was called. */
  private static String challenge(Refusal it) {
    return it.http() == 401
        ? "\n  headers_to_add: [ { header: { key: www-authenticate, value: \"Bearer"
            + " realm=\\\"parley\\\", error=\\\"invalid_token\\\"\" }, append_action:"
            + " OVERWRITE_IF_EXISTS_OR_ADD } ]"
        : "";
  }

  private static String retry(Refusal it) {
    return it.retry() == 0
        ? ""
        : ", { \"@type\": type.googleapis.com/google.rpc.RetryInfo, retryDelay: "
            + it.retry()
            + "s }";
  }

  /** Unless somebody said better. */
  private static String header(String name, String value) {
    return "{ header: { key: %s, value: \"%s\" }, append_action: ADD_IF_ABSENT }"
        .formatted(name, value);
  }

  private static String is(int http, String kind) {
    return "{ status_code_filter: { comparison: { op: EQ, value: { default_value: %d, runtime_key: lr.%s%d } } } }"
        .formatted(http, kind, http);
  }
}
