package dev.parley.mesh.envoy;

import java.net.URI;

/**
 * Where Envoy's spans go: a collector that speaks OTLP over HTTP. Whoever comes with a trace goes
 * on in it; others get one of their own.
 *
 * @param endpoint without a path, as in {@code http://127.0.0.1:4318}
 */
record Collector(URI endpoint) {
  private static final String NAME = "collector";

  /** A part of the connection manager. */
  String tracing() {
    return """
    tracing:
      random_sampling: { value: 100 }
      provider:
        name: envoy.tracers.opentelemetry
        typed_config:
          "@type": type.googleapis.com/envoy.config.trace.v3.OpenTelemetryConfig
          service_name: edge
          http_service: { http_uri: { uri: "%s", cluster: %s, timeout: 5s } }\
    """
        .formatted(endpoint.resolve("/v1/traces"), NAME);
  }

  String cluster() {
    boolean tls = "https".equals(endpoint.getScheme());
    int port = endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80;
    return """
    - name: %s
      type: STRICT_DNS
      connect_timeout: 1s
      load_assignment: { cluster_name: %s, endpoints: [ { lb_endpoints: [ { endpoint: { address: { socket_address: { address: "%s", port_value: %d } } } } ] } ] }%s\
    """
        .formatted(NAME, NAME, endpoint.getHost(), port, tls ? encrypted() : "");
  }

  private String encrypted() {
    return """

      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: "%s"
          common_tls_context: { validation_context: { system_root_certs: {}, match_typed_subject_alt_names: [ { san_type: DNS, matcher: { exact: "%s" } } ] } }\
    """
        .formatted(endpoint.getHost(), endpoint.getHost());
  }
}
