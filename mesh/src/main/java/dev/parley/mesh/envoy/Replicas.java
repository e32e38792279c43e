package dev.parley.mesh.envoy;

import dev.parley.kit.failure.Failure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the processes behind a cluster are. */
public sealed interface Replicas {
  /** How Envoy finds them, as YAML. */
  String discovery();

  /** The list of endpoints, as YAML. */
  String endpoints();

  /** At addresses that are known when the bootstrap is written. */
  record Listed(List<Replica> replicas) implements Replicas {
    @Override
    public String discovery() {
      return "type: STATIC";
    }

    /** Rings of two clusters agree, because a replica has one name in both. */
    @Override
    public String endpoints() {
      return replicas.stream()
          .map(it ->
              "- { endpoint: { address: { socket_address: { address: %s, port_value: %d } } }, metadata: { filter_metadata: { envoy.lb: { hash_key: %s } } } }"
                  .formatted(it.address(), it.port(), it.name()))
          .collect(Collectors.joining("\n"));
    }
  }

  /**
   * At every address that a DNS name has, as of a headless Service of Kubernetes; asked again every
   * five seconds. Rings go by address and port, since all replicas have one name.
   */
  record Named(String host, int port) implements Replicas {
    private static final Pattern TARGET =
        Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]*):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code host:port}.
     *
     * @param setting that says it
     * @throws Failure INVALID_ARGUMENT when it is something else
     */
    public static Named parse(String setting, String text) {
      Matcher target = TARGET.matcher(text);
      if (target.matches()) {
        int port = Integer.parseInt(target.group(2));
        if (port > 0 && port <= MAX_PORT) {
          return new Named(target.group(1), port);
        }
      }
      throw Failure.invalid(setting, text + " (expected name:port)");
    }

    @Override
    public String discovery() {
      return "type: STRICT_DNS\ndns_lookup_family: V4_PREFERRED";
    }

    @Override
    public String endpoints() {
      return "- { endpoint: { address: { socket_address: { address: \"%s\", port_value: %d } } } }"
          .formatted(host, port);
    }
  }
}
