package dev.parley.standalone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings of the one-process Parley. */
@ConfigMapping(prefix = "standalone")
public interface StandaloneSettings {
  /** Folder that holds everything it keeps. */
  @WithDefault("data")
  String data();

  /** Address to listen on; only loopback is accepted unless {@code identity.required}. */
  @WithDefault("127.0.0.1")
  String address();

  /** Port of the page, gRPC, gRPC-Web, REST and WebSocket. */
  @WithDefault("8080")
  int port();

  /** Names, without port, by which this server is called besides those of loopback. */
  Optional<List<String>> hosts();

  /** Origins whose pages may call, as {@code https://example.org}. */
  Optional<List<String>> origins();

  /** Port of metrics and health for operators, on loopback. */
  @WithDefault("9090")
  int managementPort();
}
