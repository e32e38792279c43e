package dev.parley.mesh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What is served by hand beside the orchestrator. */
@ConfigMapping(prefix = "door")
public interface DoorSettings {
  /** Address to listen on. */
  @WithDefault("127.0.0.1")
  String address();

  /** Port; 0 takes a free one. */
  @WithDefault("0")
  int port();

  /** Names, without port, by which it may be called besides those of loopback. */
  Optional<List<String>> hosts();

  /** Pages of other origins that may call without a credential. */
  Optional<List<String>> origins();
}
