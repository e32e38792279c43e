package dev.parley.mesh.envoy;

import dev.parley.mesh.envoy.Bootstrap.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Envoy in Kubernetes: the bootstrap of one machine with services behind DNS names and certificates
 * from mounted Secrets, and the manifests that run it. It listens on every address, so identity is
 * demanded: it offers no reflection, and the services behind it must be told the same.
 *
 * @param namespace where it is
 * @param image a container image with Envoy 1.40 and bash
 * @param replicas pods
 * @param threads of each that serve; also the most cores it gets
 * @param callsOfOne calls a second that a pod takes of one address
 * @param hosts names, without port, by which it may be called; none for any
 * @param collector where its spans go; without one it makes none
 * @param clusters where the services are
 */
public record Kubernetes(
    String namespace,
    String image,
    int replicas,
    int threads,
    int callsOfOne,
    List<String> hosts,
    Optional<URI> collector,
    Clusters clusters) {
  private static final String ADDRESS = "0.0.0.0";
  private static final int PORT = 8080;
  private static final int TLS_PORT = 8443;
  private static final int ADMIN_PORT = 9901;

  /** Where a pod sees its files, which are those of the ConfigMap. */
  private static final Path FILES = Path.of("/etc/parley/envoy");

  private static final Path DOOR = Path.of("/etc/parley/tls/door");
  private static final Path PROXY = Path.of("/etc/parley/tls/proxy");
  private static final Path LOG = Path.of("/dev/stdout");

  /** Writes a folder for {@code kubectl apply -k}; what was in its files before is replaced. */
  public void write(Path folder) throws IOException {
    bootstrap().write(Files.createDirectories(folder.resolve("files")), FILES, LOG);
    write(folder, "kustomization.yaml", Map.of("namespace", namespace));
    write(folder, "deployment.yaml", deployment());
    for (String name : List.of("service.yaml", "budget.yaml", "policy.yaml")) {
      write(folder, name, Map.of());
    }
  }

  private Bootstrap bootstrap() {
    Limits most = Limits.MACHINE;
    return new Bootstrap(
        ADDRESS,
        PORT,
        TLS_PORT,
        ADMIN_PORT,
        Bootstrap.called(hosts, true),
        DOOR,
        PROXY,
        new Limits(most.calls(), callsOfOne, most.connections(), most.heapBytes()),
        collector,
        clusters.upstreams());
  }

  private Map<String, String> deployment() {
    return Map.of(
        "replicas",
        Integer.toString(replicas),
        "image",
        image,
        "threads",
        Integer.toString(threads),
        "port",
        Integer.toString(PORT),
        "tls_port",
        Integer.toString(TLS_PORT),
        "admin_port",
        Integer.toString(ADMIN_PORT),
        "files",
        FILES.toString(),
        "door",
        DOOR.toString(),
        "proxy",
        PROXY.toString());
  }

  private static void write(Path folder, String name, Map<String, String> values)
      throws IOException {
    Files.writeString(folder.resolve(name), Template.of("kubernetes/" + name).fill(values));
  }
}
