package dev.parley.mesh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings of Envoy in Kubernetes. Where a service is not named, it is the headless Service of its
 * name in the namespace, as in {@code speech.parley.svc.cluster.local:9090}.
 */
@ConfigMapping(prefix = "kubernetes")
public interface KubernetesSettings {
  /** Folder that is written. */
  @WithDefault("data/kubernetes")
  Path out();

  /** Namespace of Envoy. */
  @WithDefault("parley")
  String namespace();

  /** The container image: Envoy 1.40 with bash. */
  @WithDefault("envoyproxy/envoy:v1.40.0")
  String image();

  /** Pods of Envoy. */
  @WithDefault("2")
  int replicas();

  /** Threads of each that serve, and cores that it may use. */
  @WithDefault("2")
  int threads();

  /** Calls a second that each takes of one address. */
  @WithDefault("500")
  int callsOfOne();

  /** Names, without port, by which the doors may be called; without them, any. */
  Optional<List<String>> hosts();

  /** Where speech is, as {@code name:port}. */
  Optional<String> speech();

  /** Where render is. */
  Optional<String> render();

  /** Where memory is. */
  Optional<String> memory();

  /** Where documents are. */
  Optional<String> document();

  /** Where the orchestrator is. */
  Optional<String> orchestrator();

  /** Where what is served by hand beside the orchestrator is; else its port 8080. */
  Optional<String> door();
}
