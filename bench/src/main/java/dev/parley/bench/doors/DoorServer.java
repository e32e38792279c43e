package dev.parley.bench.doors;

import dev.parley.edge.Edge;
import dev.parley.kit.tls.MeshTls;
import dev.parley.orchestrator.envoy.Arrival;
import dev.parley.orchestrator.envoy.AuthorizationServer;
import dev.parley.orchestrator.envoy.Door;
import dev.parley.orchestrator.envoy.Exchange;
import dev.parley.orchestrator.envoy.Quota;
import dev.parley.orchestrator.envoy.RateLimitServer;
import dev.parley.orchestrator.identity.usage.RateLimits;
import dev.parley.orchestrator.redis.RedisConnection;
import dev.parley.orchestrator.redis.RedisRateLimits;
import dev.parley.standalone.embedded.RedisServer;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same service three times, each a process: {@code bare} on grpc-java's own port, {@code edge}
 * behind the embedded edge, {@code proxied} as the proxy reaches it, encrypted, with the real
 * authorisation and the real limits over a Redis of its own. It prints what a client needs on one
 * line and ends with its standard input.
 */
public final class DoorServer {
  private static final InetSocketAddress FREE = new InetSocketAddress("127.0.0.1", 0);

  private DoorServer() {}

  /** Which, and for {@code proxied} the folders of its certificate and of Redis. */
  public static void main(String[] arguments) throws IOException {
    String said =
        switch (arguments[0]) {
          case "bare" -> bare();
          case "edge" -> edge();
          case "proxied" -> proxied(Path.of(arguments[1]), Path.of(arguments[2]));
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println(said);
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static String bare() throws IOException {
    var server = NettyServerBuilder.forAddress(FREE).addService(new FixedSpeech()).build().start();
    return Integer.toString(server.getPort());
  }

  private static String edge() {
    var mint = new TokenMint();
    var edge =
        Edge.builder().exchange(_ -> mint.token()).service(new FixedSpeech()).service(mint).start();
    return Integer.toString(edge.port());
  }

  private static String proxied(Path certificate, Path folder) throws IOException {
    var mint = new TokenMint();
    MeshTls tls = MeshTls.open(certificate);
    RedisServer redis = RedisServer.start(folder);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(redis::close));
    var limits = new Spread(new RedisRateLimits(new RedisConnection(redis.uri())));
    var door = new Door(new NoKeys(), mint.check(), Quota.NONE, List.of(), false);
    var server =
        NettyServerBuilder.forAddress(FREE, tls.server())
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(new HealthStatusManager().getHealthService())
            .addService(new AuthorizationServer(door))
            .addService(new RateLimitServer(limits))
            .addService(new FixedSpeech())
            .build()
            .start();
    var pages = Edge.builder().tls(tls.keys(), tls.trust(List.of("envoy"))).service(mint).start();
    return server.getPort() + " " + pages.port() + " " + mint.token();
  }

  /**
   * The limits in full, but each call is somebody else's of {@link #MANY}, so that nobody is
   * refused.
   */
  private record Spread(RateLimits limits, AtomicLong calls) implements RateLimits {
    private static final int MANY = 400;

    Spread(RateLimits limits) {
      this(limits, new AtomicLong());
    }

    @Override
    public Verdict take(
        Subject subject, String id, dev.parley.orchestrator.identity.usage.Cost cost) {
      return limits.take(subject, id + calls.incrementAndGet() % MANY, cost);
    }
  }

  /** Nobody shows one here. */
  private static final class NoKeys implements Exchange {
    @Override
    public String key(String secret, Arrival arrival) {
      throw new IllegalStateException("a key");
    }

    @Override
    public String ticket(String ticket, Arrival arrival) {
      throw new IllegalStateException("a ticket");
    }
  }
}
