package dev.parley.mesh.envoy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Envoy's own refusals look like: a status in the headers for gRPC-Web, {@code
 * google.rpc.Status} in JSON for REST, with the reason and the words of the embedded edge. Native
 * gRPC gets its status from Envoy itself.
 */
final class Mappers {
  /**
   * One HTTP status.
   *
   * @param grpc the canonical code
   * @param reason of {@code parley.type.v1.Reason}
   * @param message empty for what Envoy says, where that helps and tells nothing of the inside
   * @param retry seconds to wait, 0 for none said
   */
  private record Refusal(int http, int grpc, String reason, String message, int retry) {}

  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal(400, 3, "INVALID_ARGUMENT", "", 0),
          new Refusal(401, 16, "TOKEN_INVALID", "", 0),
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

  private Mappers() {}

  /** All of them; the first that fits is taken. */
  static String yaml() {
    return Stream.of(
            REFUSALS.stream().map(Mappers::web),
            Stream.of(authorisation()),
            REFUSALS.stream().map(Mappers::rest))
        .flatMap(it -> it)
        .collect(Collectors.joining("\n"));
  }

  private static String web(Refusal it) {
    return """
    - filter: { and_filter: { filters: [ %s, %s ] } }
      status_code: 200
      headers_to_add: [ { header: { key: grpc-status, value: "%d" }, append_action: %s }, { header: { key: grpc-message, value: "%s" }, append_action: %s } ]
      body_format_override: { text_format_source: { inline_string: "" }, content_type: application/grpc-web+proto }\
    """
        .formatted(
            is(it.http(), "w"),
            WEB,
            it.grpc(),
            "ADD_IF_ABSENT",
            it.message().isEmpty() ? "%RESPONSE_CODE_DETAILS%" : it.message(),
            "ADD_IF_ABSENT");
  }

  /** The orchestrator's refusals are whole already. */
  private static String authorisation() {
    return """
    - filter: { and_filter: { filters: [ { response_flag_filter: { flags: [UAEX] } }, { status_code_filter: { comparison: { op: LE, value: { default_value: 499, runtime_key: lr.uaex } } } }, %s ] } }
      body_format_override: { text_format_source: { inline_string: "%%LOCAL_REPLY_BODY%%" }, content_type: application/json }\
    """
        .formatted(REST);
  }

  private static String rest(Refusal it) {
    String message = it.message().isEmpty() ? "%LOCAL_REPLY_BODY%" : it.message();
    return """
    - filter: { and_filter: { filters: [ %s, %s ] } }
      body_format_override: { json_format: { code: %d, message: "%s", details: [ { "@type": type.googleapis.com/google.rpc.ErrorInfo, reason: %s, domain: parley.dev }%s ] }, content_type: application/json }\
    """
        .formatted(is(it.http(), "s"), REST, it.grpc(), message, it.reason(), retry(it));
  }

  private static String retry(Refusal it) {
    return it.retry() == 0
        ? ""
        : ", { \"@type\": type.googleapis.com/google.rpc.RetryInfo, retryDelay: "
            + it.retry()
            + "s }";
  }

  private static String is(int http, String kind) {
    return "{ status_code_filter: { comparison: { op: EQ, value: { default_value: %d, runtime_key: lr.%s%d } } } }"
        .formatted(http, kind, http);
  }
}
