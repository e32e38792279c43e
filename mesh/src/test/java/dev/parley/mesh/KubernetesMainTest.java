package dev.parley.mesh;

import static dev.parley.mesh.Parsed.at;
import static dev.parley.mesh.Parsed.list;
import static dev.parley.mesh.Parsed.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.mesh.envoy.Bootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesMainTest {
  private static final String FILES = "/etc/parley/envoy";
  private static final String TLS = "/etc/parley/tls/";
  private static final List<String> SERVICES =
      List.of("speech", "render", "memory", "document", "orchestrator");

  @TempDir private Path folder;

  private Path write(String... arguments) {
    Path out = folder.resolve("out");
    return KubernetesMain.write(
        Stream.concat(Stream.of("--kubernetes.out=" + out), Stream.of(arguments)).toList(),
        Map.of());
  }

  @Test
  void everyServiceIsReachedByTheNameOfItsHeadlessService() throws IOException {
    Object bootstrap = yaml(write().resolve("files/bootstrap.yaml"));
    assertThat(list(bootstrap, "static_resources", "clusters"))
        .hasSize(9)
        .allSatisfy(it -> assertThat(at(it, "type")).isEqualTo("STRICT_DNS"));
    for (String service : SERVICES) {
      assertThat(target(bootstrap, service)).isEqualTo(service + ".parley.svc.cluster.local:9090");
    }
    assertThat(target(bootstrap, "conversation"))
        .isEqualTo("orchestrator.parley.svc.cluster.local:9090");
    for (String door : List.of("pages", "sessions", "tools")) {
      assertThat(target(bootstrap, door)).isEqualTo("orchestrator.parley.svc.cluster.local:8080");
    }
  }

  @Test
  void namesAndPortsAndTheNamespaceCanBeSet() throws IOException {
    Path out =
        write(
            "--kubernetes.namespace=voices",
            "--kubernetes.memory=memory.elsewhere:7000",
            "--kubernetes.door=pages:80");
    Object bootstrap = yaml(out.resolve("files/bootstrap.yaml"));
    assertThat(target(bootstrap, "speech")).isEqualTo("speech.voices.svc.cluster.local:9090");
    assertThat(target(bootstrap, "memory")).isEqualTo("memory.elsewhere:7000");
    assertThat(target(bootstrap, "sessions")).isEqualTo("pages:80");
    assertThat(at(yaml(out.resolve("kustomization.yaml")), "namespace")).isEqualTo("voices");
  }

  @Test
  void whatIsNoNameWithAPortIsRefusedByName() {
    for (String wrong : List.of("memory", "memory:0", "memory:70000", "http://memory:1", "a b:1")) {
      assertThatThrownBy(() -> write("--kubernetes.memory=" + wrong))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("kubernetes.memory")
          .hasMessageContaining(wrong);
    }
  }

  @Test
  void bothDoorsListenForOthersAndTheSwitchesDoNot() throws IOException {
    Object bootstrap = yaml(write().resolve("files/bootstrap.yaml"));
    List<?> listeners = list(bootstrap, "static_resources", "listeners");
    assertThat(listeners)
        .extracting(it -> at(it, "name") + " " + address(it))
        .containsExactly("plain 0.0.0.0:8080", "tls 0.0.0.0:8443");
    assertThat(address(at(bootstrap, "admin"))).isEqualTo("127.0.0.1:9901");
  }

  @Test
  void callsPassTheSameFiltersAndRoutesAsOnOneMachine() throws IOException {
    Object here = manager(machine());
    Object there = manager(yaml(write().resolve("files/bootstrap.yaml")));
    assertThat(filters(there)).hasSizeGreaterThan(8).isEqualTo(filters(here));
    assertThat(at(there, "local_reply_config")).isEqualTo(at(here, "local_reply_config"));
    List<?> routes = routes(here);
    assertThat(routes).anySatisfy(it -> assertThat(at(it, "name")).isEqualTo("reflection"));
    assertThat(routes(there))
        .as("reflection is for loopback")
        .isEqualTo(routes.stream().filter(it -> !"reflection".equals(at(it, "name"))).toList());
  }

  @Test
  void theFilesFitIntoAConfigMap() throws IOException {
    Path files = write().resolve("files");
    long bytes = 0;
    for (String name : Parsed.CONFIGURED) {
      long size = Files.size(files.resolve(name));
      bytes += name.endsWith(".binpb") ? size * 4 / 3 : size;
    }
    assertThat(bytes).isLessThan(900_000L);
  }

  @Test
  void theManifestsFitTogether() throws IOException {
    Path out = write("--kubernetes.replicas=3", "--kubernetes.image=registry.example/envoy:1");
    Object deployment = yaml(out.resolve("deployment.yaml"));
    Object labels = at(deployment, "spec", "template", "metadata", "labels");
    assertThat(at(deployment, "spec", "replicas")).isEqualTo(3);
    assertThat(at(deployment, "spec", "selector", "matchLabels")).isEqualTo(labels);
    assertThat(at(yaml(out.resolve("service.yaml")), "spec", "selector")).isEqualTo(labels);
    for (String file : List.of("budget.yaml", "policy.yaml")) {
      String selector = file.startsWith("b") ? "selector" : "podSelector";
      Object matched = at(yaml(out.resolve(file)), "spec", selector, "matchLabels");
      assertThat(matched).isEqualTo(labels);
    }
    Object container = Parsed.container(deployment);
    assertThat(at(container, "image")).isEqualTo("registry.example/envoy:1");
    assertThat(list(container, "ports"))
        .extracting(it -> at(it, "name") + " " + at(it, "containerPort"))
        .containsExactly("plain 8080", "tls 8443");
    assertThat(
            at(list(yaml(out.resolve("service.yaml")), "spec", "ports").getFirst(), "targetPort"))
        .isEqualTo("tls");
    assertThat(at(container, "resources", "limits")).asString().contains("768Mi");
    Object kustomization = yaml(out.resolve("kustomization.yaml"));
    assertThat(list(kustomization, "resources"))
        .allSatisfy(it -> assertThat(out.resolve(it.toString())).exists());
    assertThat(list(list(kustomization, "configMapGenerator").getFirst(), "files"))
        .extracting(it -> it.toString().replace("files/", ""))
        .containsExactlyInAnyOrderElementsOf(Parsed.CONFIGURED);
  }

  @Test
  void thePodSeesEveryFileWhereTheBootstrapNamesIt() throws IOException {
    Path out = write();
    Object spec = at(yaml(out.resolve("deployment.yaml")), "spec", "template", "spec");
    assertThat(list(Parsed.container(yaml(out.resolve("deployment.yaml"))), "volumeMounts"))
        .extracting(it -> at(it, "mountPath"))
        .containsExactly(FILES, TLS + "door", TLS + "proxy");
    Object configured = at(list(spec, "volumes").getFirst(), "configMap");
    assertThat(list(configured, "items"))
        .extracting(it -> at(it, "path"))
        .containsExactlyInAnyOrderElementsOf(Parsed.CONFIGURED);
    assertThat(Files.readString(out.resolve("files/sds/edge.yaml"))).contains(TLS + "door/tls.crt");
    assertThat(Files.readString(out.resolve("files/sds/proxy.yaml")))
        .contains("watched_directory: { path: " + TLS + "proxy }");
  }

  private Object machine() throws IOException {
    Bootstrap bootstrap =
        new Bootstrap(
            "127.0.0.1",
            8080,
            8443,
            9901,
            List.of(),
            Path.of(TLS + "door"),
            Path.of(TLS + "proxy"),
            Bootstrap.Limits.MACHINE,
            Optional.empty(),
            Layout.of(2, true).upstreams());
    return yaml(bootstrap.write(Files.createDirectories(folder.resolve("machine"))));
  }

  private static Object manager(Object bootstrap) {
    Object listener = list(bootstrap, "static_resources", "listeners").getFirst();
    Object chain = list(listener, "filter_chains").getFirst();
    return at(list(chain, "filters").getFirst(), "typed_config");
  }

  /** Without the one path among them. */
  private static List<?> filters(Object manager) {
    List<?> filters = list(manager, "http_filters");
    filters.forEach(it -> ((Map<?, ?>) at(it, "typed_config")).remove("proto_descriptor"));
    return filters;
  }

  private static List<?> routes(Object manager) {
    return list(list(manager, "route_config", "virtual_hosts").getFirst(), "routes");
  }

  private static String target(Object bootstrap, String cluster) {
    Object found =
        list(bootstrap, "static_resources", "clusters").stream()
            .filter(it -> cluster.equals(at(it, "name")))
            .findFirst()
            .orElseThrow();
    Object locality = list(found, "load_assignment", "endpoints").getFirst();
    return address(at(list(locality, "lb_endpoints").getFirst(), "endpoint"));
  }

  private static String address(Object holder) {
    Object address = at(holder, "address", "socket_address");
    return at(address, "address") + ":" + at(address, "port_value");
  }
}
