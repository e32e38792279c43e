package dev.parley.kit.host;

import dev.parley.kit.access.Gate;
import dev.parley.kit.identity.PeerDoor;
import dev.parley.kit.tls.MeshTls;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A service on the port of a process of its own: encrypted where there are certificates, by which
 * our own services are known, with the health protocol of gRPC. Closing it lets calls end for a
 * grace period, then closes the service.
 */
final class PortServer implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(4);

  private final Service service;
  private final Server server;
  private final HealthStatusManager status;

  private PortServer(Service service, Server server, HealthStatusManager status) {
    this.service = service;
    this.server = server;
    this.status = status;
  }

  /**
   * Opens the port; 0 takes a free one.
   *
   * @param books of calls that come from outside
   * @param bare services that answer to a proxy of ours and need no caller
   */
  static PortServer open(
      Service service,
      InetSocketAddress address,
      Gate gate,
      Books books,
      Optional<MeshTls> tls,
      List<BindableService> bare) {
    ServerCredentials credentials =
        tls.map(MeshTls::server).orElseGet(InsecureServerCredentials::create);
    HealthStatusManager status = new HealthStatusManager();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, credentials)
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(Hosted.MAX_MESSAGE_BYTES)
            .addService(status.getHealthService());
    bare.forEach(builder::addService);
    Gate known = tls.isPresent() ? gate.knowing(PeerDoor::isService) : gate;
    service.grpcServices().forEach(it -> builder.addService(guarded(it, known, books)));
    try {
      return new PortServer(service, builder.build().start(), status);
    } catch (IOException e) {
      throw new IllegalStateException(service.name() + " cannot be served: " + e.getMessage(), e);
    }
  }

  private static ServerServiceDefinition guarded(BindableService service, Gate gate, Books books) {
    return ServerInterceptors.intercept(Hosted.guarded(service, gate, books), new PeerDoor());
  }

  int port() {
    return server.getPort();
  }

  /** Tells balancers to look elsewhere; calls still run and are still taken. */
  void leave() {
    status.enterTerminalState();
  }

  @Override
  public void close() {
    service.drain(DRAIN);
    server.shutdown();
    try {
      if (!server.awaitTermination(5, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    service.close();
  }
}
