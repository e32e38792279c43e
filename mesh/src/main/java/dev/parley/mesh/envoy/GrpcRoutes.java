package dev.parley.mesh.envoy;

import dev.parley.kit.contract.Contract;
import dev.parley.kit.contract.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The routes of gRPC, made from the contracts: who owns a method, whether it streams, whether it
 * may be sent again, and what it costs. Methods that agree in all of that share a route.
 */
final class GrpcRoutes {
  /** What methods of one route have in common. */
  private record Kind(String cluster, boolean streaming, boolean safe, String cost) {
    String name() {
      return cluster + (streaming ? "-stream-" : "-") + cost;
    }
  }

  private GrpcRoutes() {}

  /** Methods that clients may call. */
  static List<Method> offered() {
    return Contract.methods().stream().filter(it -> !it.inner()).toList();
  }

  static String yaml() {
    Map<Kind, List<Method>> kinds = new LinkedHashMap<>();
    for (Method method : offered()) {
      Kind kind = new Kind(cluster(method), method.streaming(), method.safe(), method.cost());
      kinds.computeIfAbsent(kind, it -> new ArrayList<>()).add(method);
    }
    return kinds.entrySet().stream()
        .map(it -> route(it.getKey(), it.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** The services that have a method for clients, as a list in YAML. */
  static String services() {
    return offered().stream().map(Method::service).distinct().collect(Collectors.joining(", "));
  }

  /** For counters by method. */
  static String stats() {
    return offered().stream()
        .collect(
            Collectors.groupingBy(
                Method::service,
                LinkedHashMap::new,
                Collectors.mapping(Method::name, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(it -> "- { name: %s, method_names: [ %s ] }".formatted(it.getKey(), it.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** Which cluster owns a method; calls of one session keep to one replica. */
  private static String cluster(Method method) {
    String area = method.service().split("\\.")[1];
    return switch (area) {
      case "speech", "render", "memory", "document" -> area;
      case "conversation" -> "conversation";
      default -> "orchestrator";
    };
  }

  private static String route(Kind kind, List<Method> methods) {
    String paths =
        methods.stream()
            .map(it -> it.path().replace(".", "\\\\."))
            .collect(Collectors.joining("|"));
    return """
    - name: %s
      match: { safe_regex: { regex: "%s" } }
      route: { cluster: %s, %s%s%s, rate_limits: %s }\
    """
        .formatted(
            kind.name(),
            paths,
            kind.cluster(),
            kind.streaming() ? "timeout: 0s, idle_timeout: 300s" : LIMIT,
            kind.cluster().equals("conversation") ? ", hash_policy: *affinity" : "",
            ", retry_policy: " + (kind.safe() && !kind.streaming() ? AGAIN : UNSENT),
            limits(kind.cost()));
  }

  /** Gives DEADLINE_EXCEEDED and tells the service how long it has; `timeout` does neither. */
  private static final String LIMIT =
      "max_stream_duration: { max_stream_duration: 120s, grpc_timeout_header_max: 120s,"
          + " grpc_timeout_header_offset: 0.05s }";

  /** What never left for a replica goes to another, whatever it is. */
  private static final String UNSENT = again("connect-failure,refused-stream,reset-before-request");

  /** So does, once the replica is gone, what may be done twice. */
  private static final String AGAIN = again("connect-failure,refused-stream,reset,unavailable");

  /** Twice, elsewhere: a ring is asked often, because most of its next places are the same one. */
  private static String again(String when) {
    return "{ retry_on: \"%s\", num_retries: 2, retry_host_predicate: [ { name: envoy.retry_host_predicates.previous_hosts, typed_config: { \"@type\": type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate } } ], host_selection_retry_max_attempts: 10 }"
        .formatted(when);
  }

  /** By address, by person and by key; what becomes somebody by address alone. */
  static String limits(String cost) {
    String what = "{ generic_key: { descriptor_key: cost, descriptor_value: %s } }".formatted(cost);
    String address =
        "{ actions: [ %s, { request_headers: { header_name: x-parley-address, descriptor_key: remote_address } } ] }"
            .formatted(what);
    return cost.equals("sign_in")
        ? "[ " + address + " ]"
        : "[ %s, { actions: [ %s, { request_headers: { header_name: x-parley-subject, descriptor_key: subject } } ] }, { actions: [ %s, { request_headers: { header_name: x-parley-credential, descriptor_key: credential } } ] } ]"
            .formatted(address, what, what);
  }
}
