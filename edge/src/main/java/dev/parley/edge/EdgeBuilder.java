package dev.parley.edge;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What an {@link Edge} serves and where. Not for use by several threads. */
public final class EdgeBuilder {
  final List<ServerServiceDefinition> local = new ArrayList<>();
  final Map<ServiceDescriptor, Channel> remote = new HashMap<>();
  final Set<String> hosts = new HashSet<>();
  final Set<String> origins = new HashSet<>();
  InetSocketAddress address = new InetSocketAddress("127.0.0.1", 0);
  Supplier<Map<String, String>> alive = Map::of;
  Supplier<Map<String, String>> ready = Map::of;
  Duration callLimit = Duration.ofMinutes(2);
  Duration stopLimit = Duration.ofSeconds(3);
  Optional<Exchange> exchange = Optional.empty();
  boolean named = true;
  Optional<EdgeTls> tls = Optional.empty();
  ClassLoader pages = EdgeBuilder.class.getClassLoader();

  EdgeBuilder() {}

  /** Where to listen; the default is a free port of 127.0.0.1. */
  public EdgeBuilder address(String host, int port) {
    address = new InetSocketAddress(host, port);
    return this;
  }

  /** Serves a service of this process. */
  public EdgeBuilder service(BindableService service) {
    return service(service.bindService());
  }

  /** Serves a service of this process with whatever interceptors it already has. */
  public EdgeBuilder service(ServerServiceDefinition service) {
    local.add(service);
    return this;
  }

  /** Serves a service that a channel reaches. The channel stays the caller's. */
  public EdgeBuilder service(ServiceDescriptor service, Channel channel) {
    remote.put(service, channel);
    return this;
  }

  /** A name, without port, by which this server may be called besides those of loopback. */
  public EdgeBuilder allowHost(String host) {
    hosts.add(host);
    return this;
  }

  /** A foreign origin whose pages may call, as {@code https://example.org}. */
  public EdgeBuilder allowOrigin(String origin) {
    origins.add(origin);
    return this;
  }

  /** Takes keys and tickets, and pages of any origin that show a credential. */
  public EdgeBuilder exchange(Exchange keys) {
    exchange = Optional.of(keys);
    return this;
  }

  /** Answers under any name, as behind a proxy: only where nobody has rights without credential. */
  public EdgeBuilder allowAnyHost() {
    named = false;
    return this;
  }

  /** Encrypts, and answers only those whose certificate is trusted, as behind a proxy of ours. */
  public EdgeBuilder tls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {
    tls = Optional.of(new EdgeTls(keys, trust));
    return this;
  }

  /** What makes the process unfit to live: part to cause; empty when all is well. */
  public EdgeBuilder alive(Supplier<Map<String, String>> failing) {
    alive = failing;
    return this;
  }

  /** What keeps the process from serving: part to cause; empty when it is ready. */
  public EdgeBuilder ready(Supplier<Map<String, String>> failing) {
    ready = failing;
    return this;
  }

  /** The longest unary call; default 2 minutes. Streams have no limit. */
  public EdgeBuilder callLimit(Duration limit) {
    callLimit = limit;
    return this;
  }

  /** How long calls may still run when the edge stops; default 3 s. */
  public EdgeBuilder stopLimit(Duration limit) {
    stopLimit = limit;
    return this;
  }

  /** Where {@code web/} is looked up; the default is the class path of the edge. */
  public EdgeBuilder pages(ClassLoader loader) {
    pages = loader;
    return this;
  }

  /** All of it but the open port: {@link Edge#open()} lets people in. */
  public Edge build() {
    return Edge.build(this);
  }

  /** Starts to listen; fails with {@link IllegalStateException} when the address is taken. */
  public Edge start() {
    return build().open();
  }
}
