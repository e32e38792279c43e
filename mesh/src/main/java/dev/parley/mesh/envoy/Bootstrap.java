package dev.parley.mesh.envoy;

import dev.parley.kit.contract.Contract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything Envoy reads: one form for one machine and for Kubernetes.
 *
 * @param address where it listens
 * @param port in plain text; on one machine on loopback
 * @param tlsPort encrypted
 * @param adminPort of its own counters and switches, on loopback
 * @param hosts names, without port, by which it may be called besides those of loopback
 * @param edge folder of the certificate it shows to the world
 * @param proxy folder of the certificate it shows to our services
 * @param limits calls a second that it takes
 * @param collector where its spans go; without one it makes none
 */
public record Bootstrap(
    String address,
    int port,
    int tlsPort,
    int adminPort,
    List<String> hosts,
    Path edge,
    Path proxy,
    Limits limits,
    Optional<URI> collector,
    List<Upstream> upstreams) {

  /**
   * What it takes before it refuses.
   *
   * @param calls a second, of all
   * @param callsOfOne a second, of one address
   * @param connections at once
   * @param heapBytes of its own memory
   */
  public record Limits(int calls, int callsOfOne, int connections, long heapBytes) {
    /** For one machine. */
    public static final Limits MACHINE = new Limits(2_000, 500, 5_000, 512L << 20);
  }

  /** Every name. */
  public static final String ANY = "*";

  /** Names of this machine for itself. */
  public static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  /** A route that no contract describes: it passes as it is and says itself what it costs. */
  private static final String BY_HAND =
      "{ envoy.filters.http.grpc_json_transcoder: { \"@type\":"
          + " type.googleapis.com/envoy.config.route.v3.FilterConfig, disabled: true },"
          + " envoy.filters.http.ext_authz: { \"@type\":"
          + " type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute,"
          + " check_settings: { context_extensions: { cost: %s } } } }";

  /** As at the embedded edge, which answers it for all services. */
  private static final String REFLECTION =
      """
      - name: reflection
        match: { prefix: /grpc.reflection.v1.ServerReflection/ }
        route: { cluster: tools, timeout: 0s, idle_timeout: 60s, rate_limits: %s }
        typed_per_filter_config: %s\
      """
          .formatted(GrpcRoutes.limits("read"), BY_HAND.formatted("read"));

  /** No name that anybody calls, where all are ours. */
  private static final String OTHER = "other.invalid";

  /** Where nobody has rights without a credential, a name that is not ours does no harm. */
  public static List<String> called(List<String> hosts, boolean identified) {
    return identified && hosts.isEmpty() ? List.of(ANY) : hosts;
  }

  /** Writes all files into a folder; the bootstrap itself is the answer. */
  public Path write(Path folder) throws IOException {
    return write(folder, folder, folder.resolve("access.log"));
  }

  /**
   * Writes them for an Envoy elsewhere.
   *
   * @param seen where it will see the folder
   * @param log its access log
   */
  Path write(Path folder, Path seen, Path log) throws IOException {
    Path sds = Files.createDirectories(folder.resolve("sds"));
    Files.write(folder.resolve("parley.binpb"), Contract.descriptors());
    Files.writeString(sds.resolve("edge.yaml"), secret("edge", edge));
    Files.writeString(sds.resolve("proxy.yaml"), secret("proxy", proxy));
    Files.writeString(
        sds.resolve("authority.yaml"),
        Template.of("authority.yaml").fill(Map.of("folder", proxy.toString())));
    return Files.writeString(folder.resolve("bootstrap.yaml"), yaml(seen, log));
  }

  private static String secret(String name, Path folder) {
    return Template.of("secret.yaml").fill(Map.of("name", name, "folder", folder.toString()));
  }

  private String yaml(Path folder, Path log) {
    String sds = folder.resolve("sds").toString();
    Map<String, String> values = new HashMap<>();
    values.put("address", address);
    values.put("port", Integer.toString(port));
    values.put("tls_port", Integer.toString(tlsPort));
    values.put("admin_port", Integer.toString(adminPort));
    values.put("heap_bytes", Long.toString(limits.heapBytes()));
    values.put("connections", Integer.toString(limits.connections()));
    values.put("burst", Integer.toString(limits.calls()));
    values.put("address_burst", Integer.toString(limits.callsOfOne()));
    values.put("access_log", log.toString());
    values.put("descriptors", folder.resolve("parley.binpb").toString());
    values.put("sds", sds);
    values.put("services", GrpcRoutes.services());
    values.put("method_stats", GrpcRoutes.stats());
    values.put("grpc_routes", GrpcRoutes.yaml());
    for (String cost : List.of("read", "turn", "speech", "upload")) {
      values.put("limits_" + cost, GrpcRoutes.limits(cost));
      values.put("counts_" + cost, BY_HAND.formatted(cost));
    }
    values.put(
        "reflection", isLoopback() ? REFLECTION : "# on loopback tools may ask what is served");
    values.put("mappers", Mappers.yaml());
    values.put("domains", domains());
    values.put("other_domains", hosts.contains(ANY) ? OTHER : ANY);
    Optional<Collector> spans = collector.map(Collector::new);
    values.put("tracing", spans.map(Collector::tracing).orElse("# no collector, no spans"));
    values.put(
        "clusters",
        Stream.concat(
                upstreams.stream().map(it -> it.yaml(sds)), spans.map(Collector::cluster).stream())
            .collect(Collectors.joining("\n")));
    return Template.of("bootstrap.yaml").fill(values);
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException nowhere) {
      return false;
    }
  }

  /** Each with and without a port; all names where one is a star. */
  private String domains() {
    if (hosts.contains(ANY)) {
      return "\"*\"";
    }
    return Stream.concat(LOOPBACK.stream(), hosts.stream())
        .distinct()
        .flatMap(it -> Stream.of(it, it + ":*"))
        .map(it -> "\"" + it + "\"")
        .collect(Collectors.joining(", "));
  }
}
