package dev.parley.kit.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Health;
import dev.parley.kit.health.HealthJson;
import dev.parley.kit.telemetry.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Metrics and health for operators, on a loopback port of its own. */
public final class ManagementServer implements AutoCloseable {
  private final HttpServer server;

  private ManagementServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts it; port 0 takes a free one.
   *
   * @throws Failure UNAVAILABLE when the port is taken
   */
  public static ManagementServer start(int port, Health health) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/metrics",
          exchange ->
              answer(exchange, 200, "text/plain; version=0.0.4", Metrics.registry().scrape()));
      server.createContext(
          "/healthz",
          exchange -> answer(exchange, 200, "application/json", HealthJson.write(health)));
      server.createContext(
          "/readyz",
          exchange ->
              answer(
                  exchange,
                  health.missing().isEmpty() ? 200 : 503,
                  "application/json",
                  HealthJson.write(health)));
      server.start();
      return new ManagementServer(server);
    } catch (IOException e) {
      throw Failure.of(
          Failure.Code.UNAVAILABLE,
          "UNAVAILABLE",
          "management port "
              + port
              + ": "
              + e.getMessage()
              + " (set --standalone.management-port)");
    }
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
