package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.identity.usage.Cost;
import dev.parley.orchestrator.identity.usage.Limit;
import dev.parley.orchestrator.identity.usage.RateLimits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Limits in rate as token buckets that all processes share in Redis, and a bucket in memory for
 * each before it, so that who calls much too often costs Redis nothing, and all go on while it is
 * away. A process tells Redis of calls when a fiftieth of what may be taken at once was taken, or
 * after a fifth of a second; so much may be taken too much, in each process. Thread-safe.
 */
public final class RedisRateLimits implements RateLimits {
  private static final System.Logger LOG = System.getLogger("parley.limits");
  private static final int MOST = 50_000;
  private static final Duration AWAY = Duration.ofSeconds(5);
  private static final int UNTOLD_SHARE = 50;
  private static final Duration UNTOLD = Duration.ofMillis(200);

  /** What is taken from for one limit of one subject. */
  private record Buckets(Bucket own, BucketProxy shared) {}

  private final ProxyManager<byte[]> shared;
  private final Map<String, Buckets> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Buckets> eldest) {
          return size() > MOST;
        }
      };
  private volatile long awayUntilNanos = System.nanoTime();

  /** Over a connection, which stays the caller's. */
  public RedisRateLimits(RedisConnection redis) {
    this.shared =
        redis.bare(it ->
            Bucket4jJedis.casBasedBuilder(it)
                .expirationAfterWrite(
                    ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                        Duration.ofMinutes(1)))
                .build());
  }

  @Override
  public Verdict take(Subject subject, String id, Cost cost) {
    return Limit.of(subject, cost)
        .map(limit -> take("parley:limit:" + subject + ":" + limit.name() + ":" + id, limit))
        .orElse(Verdict.FREE);
  }

  private Verdict take(String key, Limit limit) {
    Buckets buckets = buckets(key, limit);
    Verdict here = verdict(buckets.own().tryConsumeAndReturnRemaining(1));
    if (!here.allowed() || System.nanoTime() - awayUntilNanos < 0) {
      return here;
    }
    try {
      return verdict(buckets.shared().tryConsumeAndReturnRemaining(1));
    } catch (JedisException e) {
      awayUntilNanos = System.nanoTime() + AWAY.toNanos();
      LOG.log(
          System.Logger.Level.WARNING,
          "each process limits by itself for {0}: {1}",
          AWAY,
          e.getMessage());
      return here;
    }
  }

  private Buckets buckets(String key, Limit limit) {
    synchronized (known) {
      return known.computeIfAbsent(key, _ -> made(key, limit));
    }
  }

  /** Asks nobody yet. */
  private Buckets made(String key, Limit limit) {
    BucketConfiguration configuration = configuration(limit);
    long untold = limit.atOnce() / UNTOLD_SHARE;
    Optimization told =
        untold == 0
            ? Optimization.NONE_OPTIMIZED
            : Optimizations.delaying(new DelayParameters(untold, UNTOLD));
    return new Buckets(
        Bucket.builder().addLimit(configuration.getBandwidths()[0]).build(),
        shared
            .builder()
            .withOptimization(told)
            .build(key.getBytes(StandardCharsets.UTF_8), () -> configuration));
  }

  private static BucketConfiguration configuration(Limit limit) {
    return BucketConfiguration.builder()
        .addLimit(it ->
            it.capacity(limit.atOnce()).refillGreedy(limit.perMinute(), Duration.ofMinutes(1)))
        .build();
  }

  private static Verdict verdict(ConsumptionProbe probe) {
    return new Verdict(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }
}
