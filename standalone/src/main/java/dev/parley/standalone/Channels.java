package dev.parley.standalone;

import dev.parley.kit.host.Hosted;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Channels to the services of this process by name. They may be made and called before their
 * service is there: a call waits for it as long as its deadline allows. Thread-safe.
 */
final class Channels implements AutoCloseable {
  private final String id;
  private final Map<String, ManagedChannel> open = new LinkedHashMap<>();

  /** To services that are hosted under their name and this. */
  Channels(String id) {
    this.id = id;
  }

  /** The channel to a service. */
  synchronized Channel to(String service) {
    ManagedChannel channel = open.computeIfAbsent(service, it -> Hosted.channel(it + id));
    return ClientInterceptors.intercept(channel, new Patience());
  }

  /** Who waits for that service is let through now and not at the next try, a second later. */
  synchronized void served(String service) {
    if (open.containsKey(service)) {
      open.get(service).resetConnectBackoff();
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(ManagedChannel::shutdownNow);
  }

  private static final class Patience implements ClientInterceptor {
    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(
        MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
      return next.newCall(method, options.withWaitForReady());
    }
  }
}
