package dev.parley.kit.telemetry;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where traces go. */
@ConfigMapping(prefix = "telemetry")
public interface TelemetrySettings {
  /**
   * A collector that speaks OTLP over HTTP, as in {@code http://127.0.0.1:4318}; without one no
   * traces are made.
   */
  Optional<URI> otlpEndpoint();
}
