package dev.parley.edge;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServiceDescriptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A channel to every service that is served. Services of this process run behind an in-process
 * transport on virtual threads, so that none of them can block an event loop.
 */
final class Upstreams implements AutoCloseable {
  private final Map<ServiceDescriptor, Channel> channels;
  private final ExecutorService executor;
  private final Server inner;
  private final ManagedChannel innerChannel;

  private Upstreams(
      Map<ServiceDescriptor, Channel> channels,
      ExecutorService executor,
      Server inner,
      ManagedChannel innerChannel) {
    this.channels = channels;
    this.executor = executor;
    this.inner = inner;
    this.innerChannel = innerChannel;
  }

  static Upstreams of(EdgeBuilder settings) {
    String name = "edge-" + UUID.randomUUID();
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name)
            .executor(executor)
            .maxInboundMessageSize(Edge.MAX_REQUEST_BYTES);
    settings.local.forEach(builder::addService);
    ManagedChannel channel =
        InProcessChannelBuilder.forName(name)
            .executor(executor)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
    Map<ServiceDescriptor, Channel> channels = new HashMap<>(settings.remote);
    settings.local.forEach(s -> channels.put(s.getServiceDescriptor(), channel));
    try {
      return new Upstreams(channels, executor, builder.build().start(), channel);
    } catch (IOException e) {
      throw new IllegalStateException("the in-process transport cannot start", e);
    }
  }

  Map<ServiceDescriptor, Channel> all() {
    return channels;
  }

  /** The channel to a service, or empty when it is not served here. */
  Optional<Channel> to(ServiceDescriptor service) {
    return channels.entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals(service.getName()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Virtual threads for whatever may block. */
  ExecutorService executor() {
    return executor;
  }

  @Override
  public void close() {
    innerChannel.shutdownNow();
    inner.shutdownNow();
    try {
      inner.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdown();
  }
}
