package dev.parley.mesh.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.kit.contract.Method;
import dev.parley.kit.failure.Failure;
import dev.parley.mesh.EnvoyProgram;
import dev.parley.mesh.envoy.Upstream.Balancing;
import dev.parley.mesh.envoy.Upstream.Protocol;
import dev.parley.mesh.tls.Authority;
import dev.parley.mesh.tls.Certificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTest {
  @TempDir private Path folder;
  private Path file;
  private String yaml;

  @BeforeEach
  void write() throws IOException {
    write(List.of("parley.example"));
  }

  private void write(List<String> hosts) throws IOException {
    Certificates certificates =
        new Certificates(
            Authority.in(folder.resolve("tls"), InstantSource.system()), folder.resolve("tls"));
    List<Replica> two =
        List.of(new Replica("one-1", "127.0.0.1", 7001), new Replica("one-2", "127.0.0.1", 7002));
    List<Upstream> upstreams =
        List.of("speech", "render", "memory", "document", "orchestrator", "conversation").stream()
            .map(it -> new Upstream(it, it, Balancing.LEAST_REQUEST, Protocol.GRPC, two))
            .toList();
    List<Upstream> doors =
        List.of("pages", "sessions", "tools").stream()
            .map(it -> new Upstream(it, "orchestrator", Balancing.RING_HASH, Protocol.HTTP, two))
            .toList();
    Bootstrap bootstrap =
        new Bootstrap(
            "127.0.0.1",
            18_080,
            18_443,
            18_901,
            hosts,
            certificates.door(List.of("parley.example")),
            certificates.service("envoy"),
            Bootstrap.Limits.MACHINE,
            Optional.of(URI.create("http://127.0.0.1:4318")),
            java.util.stream.Stream.concat(upstreams.stream(), doors.stream()).toList());
    file = bootstrap.write(Files.createDirectories(folder.resolve("envoy")));
    yaml = Files.readString(file);
  }

  @Test
  void envoyItselfFindsItValid() throws Exception {
    validated();
  }

  @Test
  void envoyFindsItValidWhereItAnswersToAnyName() throws Exception {
    write(Bootstrap.called(List.of(), true));
    validated();
  }

  private void validated() throws Exception {
    Optional<EnvoyProgram> envoy = envoy();
    assumeTrue(envoy.isPresent(), "no Envoy on this machine (PARLEY_ENVOY, or ./parley test)");
    Process validating =
        new ProcessBuilder(
                envoy.get().file().toString(), "--mode", "validate", "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("validate.log").toFile())
            .start();
    assertThat(validating.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(validating.exitValue())
        .as(Files.readString(folder.resolve("validate.log")))
        .isZero();
  }

  @Test
  void everyClusterThatAFilterOrRouteNamesIsDefined() {
    Set<String> defined = all("(?m)^  - name: ([a-z_]+)\n    type: ST");
    Set<String> named = all("(?<!, )cluster(?:_name)?: ([a-z_]+)");
    assertThat(named)
        .contains("collector", "orchestrator", "conversation", "pages", "sessions", "speech");
    assertThat(defined).containsAll(named);
  }

  @Test
  void everyMethodForClientsHasARouteAndNoneForServicesHas() {
    for (Method method : dev.parley.kit.contract.Contract.methods()) {
      boolean routed = yaml.contains(method.path().replace(".", "\\\\."));
      assertThat(routed).as(method.path()).isEqualTo(!method.inner());
    }
    assertThat(yaml).doesNotContain("parley.memory.v1.MemoryService");
  }

  @Test
  void onlyWhatMayBeSentTwiceIsTriedAgainOnceItLeft() {
    for (String route : yaml.split("- name: ")) {
      boolean again = route.contains(",unavailable");
      boolean changes =
          route.contains("/CreateCharacter")
              || route.contains("/SendInput")
              || route.contains("/Respond");
      assertThat(again && changes).as(route).isFalse();
    }
    assertThat(yaml).contains(",unavailable");
  }

  @Test
  void whatNeverLeftForADeadReplicaGoesToAnother() {
    assertThat(yaml.lines())
        .filteredOn(it -> it.contains("route: { cluster: conversation"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).contains("connect-failure,refused-stream"));
  }

  @Test
  void theAccessLogHasNoQueriesAndNoCredentials() {
    String log = yaml.substring(yaml.indexOf("log_format:"), yaml.indexOf("local_reply_config:"));
    assertThat(log)
        .contains("%PATH(NQ:")
        .doesNotContain("%REQ(:PATH")
        .doesNotContainIgnoringCase("authorization");
    assertThat(log).doesNotContainIgnoringCase("cookie").doesNotContainIgnoringCase("api-key");
  }

  @Test
  void noRouteHasATimeoutBesideALimitOfItsStream() {
    yaml.lines()
        .filter(it -> it.contains("max_stream_duration"))
        .forEach(it -> assertThat(it).doesNotContain(" timeout:"));
  }

  private Set<String> all(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(yaml);
    Set<String> found = new TreeSet<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Optional<EnvoyProgram> envoy() {
    try {
      return Optional.of(EnvoyProgram.find(Optional.empty()));
    } catch (Failure none) {
      return Optional.empty();
    }
  }
}
