package dev.parley.kit.host;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How a service that is a process of its own is reached, and how it goes. */
@ConfigMapping(prefix = "host")
public interface HostSettings {
  /** Address to listen on. */
  @WithDefault("127.0.0.1")
  String address();

  /** Port of gRPC; 0 takes a free one. */
  @WithDefault("0")
  int port();

  /** Port of metrics and health, on loopback; 0 takes a free one. */
  @WithDefault("0")
  int managementPort();

  /** Folder with {@code tls.crt}, {@code tls.key} and {@code ca.crt}; without it, plain text. */
  Optional<Path> tls();

  /** How long a stop waits for balancers to look elsewhere before calls are ended; ISO 8601. */
  @WithDefault("PT1.5S")
  Duration notice();

  /** Whether it stops when its standard input ends, as it does when its launcher is gone. */
  @WithDefault("false")
  boolean tied();
}
