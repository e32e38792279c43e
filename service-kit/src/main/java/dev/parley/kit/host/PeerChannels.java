package dev.parley.kit.host;

import dev.parley.kit.contract.Contract;
import dev.parley.kit.contract.Method;
import dev.parley.kit.identity.CallerInterceptor;
import dev.parley.kit.telemetry.Traces;
import dev.parley.kit.tls.MeshTls;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Channels to services that are processes of their own. Calls go round the replicas that say they
 * are well; one that falls silent is noticed within seconds, and one that is back within half of
 * one, however long it was away: when replicas are replaced one after the other, the last of the
 * old ones goes soon after the first of the new ones came. Calls that the contract calls reads, and
 * those to services that keep nothing, are sent again until the first answer came, within a budget,
 * so that a service in trouble is not hit harder.
 */
final class PeerChannels {
  private static final int SILENCE_SECONDS = 10;
  private static final int PATIENCE_SECONDS = 3;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  static {
    NameResolverRegistry.getDefaultRegistry().register(new FixedNames());
  }

  private PeerChannels() {}

  static ManagedChannel open(String service, String target, Optional<MeshTls> tls) {
    ChannelCredentials credentials =
        tls.map(it -> it.client(service)).orElseGet(InsecureChannelCredentials::create);
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(target, credentials)
            .defaultServiceConfig(config())
            .keepAliveTime(SILENCE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .maxInboundMessageSize(Hosted.MAX_MESSAGE_BYTES)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .intercept(CallerInterceptor.outgoing(), Traces.outgoing())
            .build();
    Thread.ofVirtual().name("peers-" + service).start(() -> lookAgain(channel));
    return channel;
  }

  /** Pauses between tries would else double up to two minutes. */
  private static void lookAgain(ManagedChannel channel) {
    try {
      while (!channel.isShutdown()) {
        Thread.sleep(LOOK_AGAIN);
        channel.resetConnectBackoff();
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** A gRPC service config: balancing, health, retries and their budget. */
  private static Map<String, Object> config() {
    List<Map<String, String>> safe =
        Contract.methods().stream()
            .filter(it -> it.safe() || keepsNothing(it))
            .map(PeerChannels::name)
            .toList();
    Map<String, Object> retry =
        Map.of(
            "maxAttempts",
            3.0,
            "initialBackoff",
            "0.05s",
            "maxBackoff",
            "0.5s",
            "backoffMultiplier",
            2.0,
            "retryableStatusCodes",
            List.of("UNAVAILABLE"));
    return Map.of(
        "loadBalancingConfig", List.of(Map.of("round_robin", Map.of())),
        "healthCheckConfig", Map.of("serviceName", ""),
        "methodConfig", List.of(Map.of("name", safe, "retryPolicy", retry)),
        "retryThrottling", Map.of("maxTokens", 20.0, "tokenRatio", 0.2));
  }

  /** Speech and faces are made anew, whatever was made before. */
  private static boolean keepsNothing(Method method) {
    return method.service().startsWith("parley.speech.")
        || method.service().startsWith("parley.render.");
  }

  private static Map<String, String> name(Method method) {
    return Map.of("service", method.service(), "method", method.name());
  }
}
