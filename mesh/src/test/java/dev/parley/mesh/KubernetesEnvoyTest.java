package dev.parley.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.tls.MeshTls;
import dev.parley.mesh.tls.Authority;
import dev.parley.mesh.tls.Certificates;
import dev.parley.standalone.embedded.Ports;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a pod, read by the real Envoy on this machine. */
class KubernetesEnvoyTest {
  private static final String FILES = "/etc/parley/envoy";
  private static final String TLS = "/etc/parley/tls/";
  private static final String NONE = "no Envoy on this machine (PARLEY_ENVOY, or ./parley test)";

  @TempDir private Path folder;

  private Path write(String... arguments) {
    Path out = folder.resolve("out");
    return KubernetesMain.write(
        Stream.concat(Stream.of("--kubernetes.out=" + out), Stream.of(arguments)).toList(),
        Map.of());
  }

  @Test
  void envoyItselfFindsItValid() throws Exception {
    Path file = here(write("--telemetry.otlp-endpoint=http://collector.watch:4318"));
    Process validating = envoy("validate.log", "--mode", "validate", "-c", file.toString());
    assertThat(validating.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(validating.exitValue())
        .as(Files.readString(folder.resolve("validate.log")))
        .isZero();
    assertThat(Files.readString(folder.resolve("validate.log"))).doesNotContain("eprecated");
  }

  /**
   * Everything but the cluster: a name of DNS, certificates with identities, the pod's commands.
   */
  @Test
  void aServiceIsFoundByItsNameAndThePodTellsWhetherEnvoyIsReady() throws Exception {
    assumeTrue(program().isPresent(), NONE);
    try (MeshTls tls = MeshTls.open(certificates().service("orchestrator"))) {
      Server orchestrator =
          NettyServerBuilder.forPort(0, tls.server())
              .addService(new HealthStatusManager().getHealthService())
              .build()
              .start();
      Path out =
          write(
              "--kubernetes.orchestrator=localhost:" + orchestrator.getPort(),
              "--kubernetes.speech=localhost:" + orchestrator.getPort());
      int admin = Ports.free();
      Path file = moved(here(out), admin);
      Process envoy =
          envoy("envoy.log", "--disable-hot-restart", "--concurrency", "1", "-c", file.toString());
      try {
        List<String> ready = command(out, admin, "readinessProbe");
        await(() -> ended(ready) == 0);
        await(() ->
            asked(admin, "/clusters")
                .contains("orchestrator::127.0.0.1:" + orchestrator.getPort()));
        await(() -> isWell(admin, "orchestrator"));
        assertThat(asked(admin, "/clusters")).contains("::hostname::localhost");
        await(() -> isRefused(admin, "speech"));
        assertThat(isWell(admin, "speech")).as("with another's certificate").isFalse();
        assertThat(ended(command(out, admin, "lifecycle", "preStop"))).isZero();
        assertThat(ended(ready)).as("readiness after preStop").isNotZero();
        assertThat(envoy.isAlive()).isTrue();
      } finally {
        envoy.destroy();
        orchestrator.shutdownNow();
      }
    }
  }

  /** Whether a certificate bore the wrong name. */
  private static boolean isRefused(int admin, String cluster) {
    String name = "cluster." + cluster + ".ssl.fail_verify_san";
    return asked(admin, "/stats?filter=" + name).matches("(?s).*: [1-9].*");
  }

  private static boolean isWell(int admin, String cluster) {
    return asked(admin, "/clusters")
        .lines()
        .anyMatch(it -> it.startsWith(cluster + "::") && it.endsWith("::health_flags::healthy"));
  }

  private static String asked(int admin, String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + admin + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException gone) {
      throw new IllegalStateException(gone);
    }
  }

  /** A command of the pod, as it stands in the manifest, without its pause. */
  private static List<String> command(Path out, int admin, String... path) throws IOException {
    Object found = Parsed.container(Parsed.yaml(out.resolve("deployment.yaml")));
    for (String name : path) {
      found = Parsed.at(found, name);
    }
    return Parsed.list(found, "exec", "command").stream()
        .map(it -> it.toString().replace("/9901", "/" + admin).replaceAll("sleep [0-9]+", "true"))
        .toList();
  }

  private int ended(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("command.log").toFile())
              .start();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier truth) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!truth.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 30 s").isLessThan(end);
      Thread.sleep(100);
    }
  }

  /** The same files for this machine: its paths and certificates in the place of the pod's. */
  private Path here(Path out) throws IOException {
    Certificates certificates = certificates();
    String door = certificates.door(List.of("parley.example")).toString();
    String proxy = certificates.service("envoy").toString();
    Path files = out.resolve("files");
    for (String name : Parsed.CONFIGURED) {
      if (name.endsWith(".yaml")) {
        Path file = files.resolve(name);
        Files.writeString(
            file,
            Files.readString(file)
                .replace(FILES, files.toString())
                .replace(TLS + "door", door)
                .replace(TLS + "proxy", proxy));
      }
    }
    return files.resolve("bootstrap.yaml");
  }

  private static Path moved(Path bootstrap, int admin) throws IOException {
    return Files.writeString(
        bootstrap,
        Files.readString(bootstrap)
            .replace("0.0.0.0, port_value: 8080", "127.0.0.1, port_value: " + Ports.free())
            .replace("0.0.0.0, port_value: 8443", "127.0.0.1, port_value: " + Ports.free())
            .replace("port_value: 9901", "port_value: " + admin));
  }

  private Certificates certificates() {
    Path tls = folder.resolve("tls");
    return new Certificates(Authority.in(tls, InstantSource.system()), tls);
  }

  private Process envoy(String log, String... arguments) throws IOException {
    Optional<EnvoyProgram> program = program();
    assumeTrue(program.isPresent(), NONE);
    List<String> command = new ArrayList<>(List.of(program.get().file().toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }

  private static Optional<EnvoyProgram> program() {
    try {
      return Optional.of(EnvoyProgram.find(Optional.empty()));
    } catch (Failure none) {
      return Optional.empty();
    }
  }
}
