package dev.parley.mesh;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.settings.Settings;
import dev.parley.kit.telemetry.TelemetrySettings;
import dev.parley.mesh.envoy.Clusters;
import dev.parley.mesh.envoy.Kubernetes;
import dev.parley.mesh.envoy.Replicas.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what Envoy needs in Kubernetes into a folder; starts nothing. */
public final class KubernetesMain {
  private static final int GRPC_PORT = 9090;
  private static final int DOOR_PORT = 8080;

  private KubernetesMain() {}

  /** Settings as {@code --name=value}. Ends with 1 and one line when something is wrong. */
  public static void main(String[] arguments) {
    try {
      Path folder = write(List.of(arguments), System.getenv());
      System.out.println("written: " + folder);
      System.out.println(
          "run it (docs/edge.md tells what must be there):  kubectl apply --server-side -k "
              + folder);
    } catch (Failure failure) {
      System.err.println("parley: " + failure.getMessage());
      System.exit(1);
    }
  }

  /**
   * Writes the folder that the settings name; where it is.
   *
   * @throws Failure INVALID_ARGUMENT when a setting is wrong, UNAVAILABLE when it cannot be written
   */
  static Path write(List<String> arguments, Map<String, String> environment) {
    Settings all =
        Settings.load(
            arguments, environment, List.of(KubernetesSettings.class, TelemetrySettings.class));
    KubernetesSettings settings = all.of(KubernetesSettings.class);
    Kubernetes kubernetes =
        new Kubernetes(
            settings.namespace(),
            settings.image(),
            settings.replicas(),
            settings.threads(),
            settings.callsOfOne(),
            settings.hosts().orElse(List.of()),
            all.of(TelemetrySettings.class).otlpEndpoint(),
            clusters(settings));
    try {
      kubernetes.write(settings.out());
      return settings.out();
    } catch (IOException e) {
      throw Failure.of(
              Failure.Code.UNAVAILABLE,
              "UNAVAILABLE",
              settings.out() + " cannot be written: " + e.getMessage())
          .causedBy(e);
    }
  }

  private static Clusters clusters(KubernetesSettings settings) {
    String namespace = settings.namespace();
    return new Clusters(
        named("speech", settings.speech(), namespace),
        named("render", settings.render(), namespace),
        named("memory", settings.memory(), namespace),
        named("document", settings.document(), namespace),
        named("orchestrator", settings.orchestrator(), namespace),
        settings
            .door()
            .map(it -> Named.parse("kubernetes.door", it))
            .orElseGet(() -> headless("orchestrator", namespace, DOOR_PORT)));
  }

  private static Named named(String service, Optional<String> said, String namespace) {
    return said.map(it -> Named.parse("kubernetes." + service, it))
        .orElseGet(() -> headless(service, namespace, GRPC_PORT));
  }

  private static Named headless(String service, String namespace, int port) {
    return new Named(service + "." + namespace + ".svc.cluster.local", port);
  }
}
