package dev.parley.mesh.envoy;

import java.util.List;
import java.util.Map;

/**
 * One cluster of Envoy's.
 *
 * @param name of the cluster
 * @param identity the service in the certificates of its replicas
 * @param balancing who takes the next call
 * @param protocol what it speaks
 * @param replicas its processes
 */
public record Upstream(
    String name, String identity, Balancing balancing, Protocol protocol, Replicas replicas) {
  private static final Template CLUSTER = Template.of("cluster.yaml");

  /**
   * What all streams of a connection may leave unread together is less than the connection may, so
   * that clients who do not read stop nobody else's streams.
   */
  private static final String STREAMS =
      "max_concurrent_streams: 200, initial_stream_window_size: 131072,"
          + " initial_connection_window_size: 33554432";

  /** Who takes the next call. */
  public enum Balancing {
    /** The replica with fewer calls of two picked by chance. */
    LEAST_REQUEST,
    /** The same replica for the same session. */
    RING_HASH
  }

  /** What a cluster speaks and how it tells that it is well. */
  public enum Protocol {
    /** gRPC, with its health protocol. */
    GRPC(
        "{ http2_protocol_options: { "
            + Upstream.STREAMS
            + ", connection_keepalive: { interval: 10s, timeout: 3s } } }",
        "h2",
        "grpc_health_check: { service_name: \"\" }"),
    /** HTTP/1.1, which WebSockets need. */
    HTTP(
        "{ http_protocol_options: {} }",
        "http/1.1",
        "http_health_check: { path: /healthz, host: localhost }"),
    /** HTTP/2 to what else speaks HTTP/1.1. */
    HTTP_2(
        "{ http2_protocol_options: { " + Upstream.STREAMS + " } }",
        "h2",
        "http_health_check: { path: /healthz, host: localhost, codec_client_type: HTTP2 }");

    private final String options;
    private final String alpn;
    private final String health;

    Protocol(String options, String alpn, String health) {
      this.options = options;
      this.alpn = alpn;
      this.health = health;
    }
  }

  /** With replicas at addresses that are known. */
  public Upstream(
      String name,
      String identity,
      Balancing balancing,
      Protocol protocol,
      List<Replica> replicas) {
    this(name, identity, balancing, protocol, new Replicas.Listed(replicas));
  }

  String yaml(String sds) {
    return CLUSTER.fill(
        Map.of(
            "name",
            name,
            "identity",
            identity,
            "policy",
            balancing.name(),
            "protocol",
            protocol.options,
            "alpn",
            protocol.alpn,
            "health_check",
            protocol.health,
            "sds",
            sds,
            "discovery",
            replicas.discovery(),
            "endpoints",
            replicas.endpoints()));
  }
}
