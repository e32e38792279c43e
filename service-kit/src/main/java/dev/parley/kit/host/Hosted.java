package dev.parley.kit.host;

import dev.parley.kit.access.AccessInterceptor;
import dev.parley.kit.access.Gate;
import dev.parley.kit.audit.AuditInterceptor;
import dev.parley.kit.failure.FailureInterceptor;
import dev.parley.kit.identity.CallerInterceptor;
import dev.parley.kit.metering.MeteringInterceptor;
import dev.parley.kit.telemetry.Metrics;
import dev.parley.kit.telemetry.Traces;
import dev.parley.kit.validation.ValidationInterceptor;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A service that runs: in this process, or on a port. Both ways have the same interceptors. Closing
 * it lets calls end for a grace period, then closes the service.
 */
public final class Hosted implements AutoCloseable {
  /** Largest message between services, in bytes: a whole turn's audio in one answer. */
  public static final int MAX_MESSAGE_BYTES = 16 << 20;

  private static final Duration DRAIN = Duration.ofSeconds(4);
  private static final ValidationInterceptor VALIDATION = new ValidationInterceptor();

  private final Service service;
  private final Server server;

  private Hosted(Service service, Server server) {
    this.service = service;
    this.server = server;
  }

  /** Hosts a service in this process under its name, on a machine without accounts. */
  public static Hosted inProcess(Service service, String name) {
    return inProcess(service, name, Gate.machine());
  }

  /** Hosts a service in this process under its name; nobody keeps books of its calls. */
  public static Hosted inProcess(Service service, String name, Gate gate) {
    return inProcess(service, name, gate, Books.NONE);
  }

  /** Hosts a service in this process under its name. */
  public static Hosted inProcess(Service service, String name, Gate gate, Books books) {
    return start(service, InProcessServerBuilder.forName(name), gate, books);
  }

  /**
   * Offers a service that is hosted elsewhere to a door in this process: to those whom nothing
   * vouches for but what they show. Closing it leaves the service as it is.
   */
  public static Hosted forDoor(Service service, String name, Gate gate, Books books) {
    return inProcess(new Borrowed(service), name, gate.outer(), books);
  }

  /** Hosts a service on a port of one address, on a machine without accounts. */
  public static Hosted onPort(Service service, InetSocketAddress address) {
    return onPort(service, address, Gate.machine());
  }

  /** The same whoever calls; nobody keeps books of its calls. */
  public static Hosted onPort(Service service, InetSocketAddress address, Gate gate) {
    return onPort(service, address, gate, Books.NONE);
  }

  /** Hosts a service on a port of one address; port 0 takes a free one. */
  public static Hosted onPort(Service service, InetSocketAddress address, Gate gate, Books books) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address).permitKeepAliveTime(10, TimeUnit.SECONDS);
    return start(service, builder, gate, books);
  }

  /** The definitions of a service for an edge on a machine without accounts. */
  public static List<ServerServiceDefinition> forEdge(Service service) {
    return forEdge(service, Gate.machine());
  }

  /** The same whoever calls; nobody keeps books of its calls. */
  public static List<ServerServiceDefinition> forEdge(Service service, Gate gate) {
    return forEdge(service, gate, Books.NONE);
  }

  /** The definitions of a service with the interceptors of a public door, for an edge. */
  public static List<ServerServiceDefinition> forEdge(Service service, Gate gate, Books books) {
    return service.grpcServices().stream().map(s -> guarded(s, gate.outer(), books)).toList();
  }

  /** A channel to a service hosted in this process. */
  public static ManagedChannel channel(String name) {
    return InProcessChannelBuilder.forName(name)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .intercept(CallerInterceptor.outgoing(), Traces.outgoing())
        .build();
  }

  /**
   * A channel to a service hosted on a port, as {@code host:port}; calls go to all addresses that
   * the name has, and one that answers nothing for a while is let go.
   */
  public static ManagedChannel channelTo(String address) {
    return NettyChannelBuilder.forTarget("dns:///" + address)
        .usePlaintext()
        .defaultLoadBalancingPolicy("round_robin")
        .keepAliveTime(10, TimeUnit.SECONDS)
        .keepAliveTimeout(2, TimeUnit.SECONDS)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .intercept(CallerInterceptor.outgoing(), Traces.outgoing())
        .build();
  }

  /** The port, or -1 in-process. */
  public int port() {
    return server.getPort();
  }

  /** The service. */
  public Service service() {
    return service;
  }

  private static Hosted start(Service service, ServerBuilder<?> builder, Gate gate, Books books) {
    builder
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .maxInboundMessageSize(MAX_MESSAGE_BYTES);
    service.grpcServices().forEach(s -> builder.addService(guarded(s, gate, books)));
    try {
      return new Hosted(service, builder.build().start());
    } catch (IOException e) {
      throw new IllegalStateException(service.name() + " cannot be served: " + e.getMessage(), e);
    }
  }

  /** A service with all interceptors, the outermost last. */
  static ServerServiceDefinition guarded(BindableService service, Gate gate, Books books) {
    return ServerInterceptors.intercept(
        service.bindService(),
        VALIDATION,
        new FailureInterceptor(),
        new MeteringInterceptor(books.metering()),
        new AccessInterceptor(gate),
        new AuditInterceptor(books.trail(), InstantSource.system()),
        Metrics.calls(),
        Traces.incoming());
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
