package dev.parley.mesh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of Parley in many processes. */
@ConfigMapping(prefix = "mesh")
public interface MeshSettings {
  /** Folder that holds everything it keeps. */
  @WithDefault("data")
  Path data();

  /** Address of the doors. */
  @WithDefault("127.0.0.1")
  String address();

  /** Port in plain text, only on loopback. */
  @WithDefault("8080")
  int port();

  /** Port with TLS. */
  @WithDefault("8443")
  int tlsPort();

  /** Port of metrics and health for operators, on loopback. */
  @WithDefault("9090")
  int managementPort();

  /** Names, without port, by which the doors may be called besides those of loopback. */
  Optional<List<String>> hosts();

  /** Processes of the orchestrator and of each service that keeps nothing of its own. */
  @WithDefault("2")
  int replicas();

  /** The Envoy program; without it, one on the path or one that the launcher fetched. */
  Optional<Path> envoy();

  /** Threads of Envoy that serve. */
  @WithDefault("2")
  int envoyThreads();

  /** Calls a second that Envoy takes of one address. */
  @WithDefault("500")
  int callsOfOne();
}
