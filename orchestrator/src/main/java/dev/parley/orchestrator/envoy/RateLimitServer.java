package dev.parley.orchestrator.envoy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.RateLimit;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Envoy's {@code envoy.service.ratelimit.v3.RateLimitService} from limits that all replicas
 * share. A store that is down limits nobody: Envoy's own limits still hold. Safe for threads.
 */
public final class RateLimitServer extends RateLimitServiceGrpc.RateLimitServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(RateLimitServer.class);
  private static final String COST = "cost";

  private final Limits limits;

  /** Asks those. */
  public RateLimitServer(Limits limits) {
    this.limits = limits;
  }

  @Override
  public void shouldRateLimit(
      RateLimitRequest request, StreamObserver<RateLimitResponse> responses) {
    int hits = Math.max(1, request.getHitsAddend());
    List<Limits.Left> left =
        request.getDescriptorsList().stream().map(it -> take(it, hits)).toList();
    boolean over = left.stream().anyMatch(it -> !it.allowed());
    RateLimitResponse.Builder answer =
        RateLimitResponse.newBuilder().setOverallCode(over ? Code.OVER_LIMIT : Code.OK);
    left.forEach(it -> answer.addStatuses(status(it)));
    if (over) {
      long wait =
          left.stream()
              .filter(it -> !it.allowed())
              .mapToLong(it -> it.reset().toMillis())
              .max()
              .orElse(1_000);
      answer.addResponseHeadersToAdd(
          HeaderValue.newBuilder()
              .setKey("retry-after")
              .setValue(Long.toString(Math.ceilDiv(wait, 1_000))));
    }
    responses.onNext(answer.build());
    responses.onCompleted();
  }

  private Limits.Left take(RateLimitDescriptor descriptor, int hits) {
    Map<String, String> entries =
        descriptor.getEntriesList().stream()
            .collect(
                Collectors.toMap(
                    RateLimitDescriptor.Entry::getKey,
                    RateLimitDescriptor.Entry::getValue,
                    (a, b) -> b));
    String cost = entries.getOrDefault(COST, "");
    entries.remove(COST);
    try {
      return entries.entrySet().stream()
          .findFirst()
          .map(it -> limits.take(it.getKey(), cost, it.getValue(), hits))
          .orElse(Limits.Left.UNLIMITED);
    } catch (RuntimeException down) {
      LOG.warn("limits cannot be read: {}", down.getMessage());
      return Limits.Left.UNLIMITED;
    }
  }

  private static DescriptorStatus status(Limits.Left left) {
    DescriptorStatus.Builder status =
        DescriptorStatus.newBuilder().setCode(left.allowed() ? Code.OK : Code.OVER_LIMIT);
    if (left.limit() > 0) {
      status
          .setCurrentLimit(
              RateLimit.newBuilder()
                  .setRequestsPerUnit(Math.toIntExact(left.limit()))
                  .setUnit(RateLimit.Unit.MINUTE))
          .setLimitRemaining(Math.toIntExact(left.remaining()))
          .setDurationUntilReset(
              Duration.newBuilder()
                  .setSeconds(left.reset().getSeconds())
                  .setNanos(left.reset().getNano()));
    }
    return status.build();
  }
}
