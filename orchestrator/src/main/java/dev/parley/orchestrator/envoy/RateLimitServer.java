package dev.parley.orchestrator.envoy;

import com.google.protobuf.Duration;
import dev.parley.orchestrator.identity.usage.Cost;
import dev.parley.orchestrator.identity.usage.Limit;
import dev.parley.orchestrator.identity.usage.RateLimits;
import dev.parley.orchestrator.identity.usage.RateLimits.Subject;
import dev.parley.orchestrator.identity.usage.RateLimits.Verdict;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.RateLimit;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Answers Envoy's {@code envoy.service.ratelimit.v3.RateLimitService} from limits that all replicas
 * share. Safe for threads.
 */
public final class RateLimitServer extends RateLimitServiceGrpc.RateLimitServiceImplBase {
  private static final String COST = "cost";

  /** What Envoy's bootstrap calls those for whom limits are. */
  private static final Map<String, Subject> SUBJECTS =
      Map.of(
          "remote_address", Subject.ADDRESS,
          "subject", Subject.PERSON,
          "credential", Subject.KEY);

  /** A descriptor that says for whom. */
  private record Taken(Limit limit, Verdict verdict) {}

  private final RateLimits limits;

  /** Asks those. */
  public RateLimitServer(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  public void shouldRateLimit(
      RateLimitRequest request, StreamObserver<RateLimitResponse> responses) {
    List<Optional<Taken>> taken = request.getDescriptorsList().stream().map(this::take).toList();
    List<Verdict> over =
        taken.stream()
            .flatMap(Optional::stream)
            .map(Taken::verdict)
            .filter(it -> !it.allowed())
            .toList();
    RateLimitResponse.Builder answer =
        RateLimitResponse.newBuilder().setOverallCode(over.isEmpty() ? Code.OK : Code.OVER_LIMIT);
    taken.forEach(it -> answer.addStatuses(status(it)));
    over.stream()
        .mapToLong(it -> it.retryAfter().toMillis())
        .max()
        .ifPresent(wait -> answer.addResponseHeadersToAdd(retryAfter(wait)));
    responses.onNext(answer.build());
    responses.onCompleted();
  }

  private static HeaderValue retryAfter(long millis) {
    return HeaderValue.newBuilder()
        .setKey("retry-after")
        .setValue(Long.toString(Math.max(1, Math.ceilDiv(millis, 1_000))))
        .build();
  }

  /** Empty where no limit holds. */
  private Optional<Taken> take(RateLimitDescriptor descriptor) {
    Map<String, String> entries = new HashMap<>();
    descriptor.getEntriesList().forEach(it -> entries.put(it.getKey(), it.getValue()));
    Cost cost = Cost.valueOf(entries.getOrDefault(COST, "read").toUpperCase(Locale.ROOT));
    return SUBJECTS.entrySet().stream()
        .filter(it -> entries.containsKey(it.getKey()))
        .findFirst()
        .flatMap(it -> take(it.getValue(), entries.get(it.getKey()), cost));
  }

  private Optional<Taken> take(Subject subject, String who, Cost cost) {
    return Limit.of(subject, cost).map(limit -> new Taken(limit, limits.take(subject, who, cost)));
  }

  private static DescriptorStatus status(Optional<Taken> taken) {
    DescriptorStatus.Builder status = DescriptorStatus.newBuilder().setCode(Code.OK);
    taken.ifPresent(it ->
        status
            .setCode(it.verdict().allowed() ? Code.OK : Code.OVER_LIMIT)
            .setCurrentLimit(
                RateLimit.newBuilder()
                    .setRequestsPerUnit(Math.toIntExact(it.limit().perMinute()))
                    .setUnit(RateLimit.Unit.MINUTE))
            .setLimitRemaining((int) Math.min(Integer.MAX_VALUE, it.verdict().remaining()))
            .setDurationUntilReset(
                Duration.newBuilder()
                    .setSeconds(it.verdict().retryAfter().getSeconds())
                    .setNanos(it.verdict().retryAfter().getNano())));
    return status.build();
  }
}
