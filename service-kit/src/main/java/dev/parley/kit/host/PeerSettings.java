package dev.parley.kit.host;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Where the other services are: {@code fixed:///host:port,host:port}, or any target of gRPC, as
 * {@code dns:///speech:443}. Calls go round all addresses that answer.
 */
@ConfigMapping(prefix = "peers")
public interface PeerSettings {
  /** Speech. */
  @WithDefault("fixed:///127.0.0.1:7101")
  String speech();

  /** Faces and films. */
  @WithDefault("fixed:///127.0.0.1:7201")
  String render();

  /** What is remembered. */
  @WithDefault("fixed:///127.0.0.1:7301")
  String memory();

  /** What can be quoted. */
  @WithDefault("fixed:///127.0.0.1:7401")
  String document();

  /** Characters and conversations. */
  @WithDefault("fixed:///127.0.0.1:7001")
  String orchestrator();
}
