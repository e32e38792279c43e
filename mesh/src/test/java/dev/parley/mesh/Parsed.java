package dev.parley.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** YAML as maps and lists. */
final class Parsed {
  /** What Envoy reads, in the folder of its files. */
  static final List<String> CONFIGURED =
      List.of(
          "bootstrap.yaml",
          "parley.binpb",
          "sds/edge.yaml",
          "sds/proxy.yaml",
          "sds/authority.yaml");

  private Parsed() {}

  /** The one container of a deployment. */
  static Object container(Object deployment) {
    return list(deployment, "spec", "template", "spec", "containers").getFirst();
  }

  /** What a file says. */
  static Object yaml(Path file) throws IOException {
    return new Yaml().load(Files.readString(file));
  }

  /** What stands there. */
  static Object at(Object node, String... path) {
    Object found = node;
    for (String name : path) {
      assertThat(found).as(name).isInstanceOf(Map.class);
      found = ((Map<?, ?>) found).get(name);
    }
    return found;
  }

  /** The list that stands there. */
  static List<?> list(Object node, String... path) {
    return (List<?>) at(node, path);
  }
}
