package dev.parley.edge;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.concurrent.CompletionException;

/**
 * The one door in one process: gRPC, gRPC-Web, REST, server-sent events, WebSocket, media, uploads
 * and pages on one port. It translates and nothing else. Thread-safe; {@link #close()} tells open
 * streams that the server goes away and lets calls end within the stop limit.
 */
public final class Edge implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 2_000;
  private static final int MAX_HEADER_BYTES = 16 << 10;

  /**
   * Threads that read and write the connections: half of the cores. Two hundred conversations cost
   * a fifth less processor time with one thread than with four, which wake for one message each.
   */
  public static final int EVENT_LOOPS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** Audio of 8 MiB in base64 with room to spare. */
  static final int MAX_REQUEST_BYTES = 12 << 20;

  private final Server server;
  private final OpenStreams open;
  private final Upstreams upstreams;

  private Edge(Server server, OpenStreams open, Upstreams upstreams) {
    this.server = server;
    this.open = open;
    this.upstreams = upstreams;
  }

  /** Begins to say what is served and where. */
  public static EdgeBuilder builder() {
    return new EdgeBuilder();
  }

  static Edge build(EdgeBuilder settings) {
    Upstreams upstreams = Upstreams.of(settings);
    OpenStreams open = new OpenStreams();
    ServerBuilder builder = Server.builder();
    limits(builder, settings);
    Routes.add(builder, settings, upstreams, open);
    return new Edge(builder.build(), open, upstreams);
  }

  private static void limits(ServerBuilder builder, EdgeBuilder settings) {
    builder
        .port(
            settings.address,
            settings.tls.isPresent() ? SessionProtocol.HTTPS : SessionProtocol.HTTP)
        .workerGroup(EVENT_LOOPS)
        .maxNumConnections(MAX_CONNECTIONS)
        .idleTimeoutMillis(10 * 60_000L)
        .http1MaxHeaderSize(MAX_HEADER_BYTES)
        .http2MaxHeaderListSize(MAX_HEADER_BYTES)
        .http2MaxStreamsPerConnection(200)
        .maxRequestLength(MAX_REQUEST_BYTES)
        .requestTimeout(settings.callLimit)
        .gracefulShutdownTimeoutMillis(0, settings.stopLimit.toMillis())
        .errorHandler(new Refusals());
    settings.tls.ifPresent(it -> it.apply(builder));
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException when the address is taken
   */
  public Edge open() {
    try {
      server.start().join();
      return this;
    } catch (CompletionException e) {
      upstreams.close();
      throw new IllegalStateException(
          server.config().ports().getFirst().localAddress()
              + " cannot be served: "
              + e.getCause().getMessage(),
          e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  @Override
  public void close() {
    open.endAll();
    server.stop().join();
    upstreams.close();
  }
}
