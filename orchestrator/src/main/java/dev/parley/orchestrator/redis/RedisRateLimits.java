package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.identity.usage.Cost;
import dev.parley.orchestrator.identity.usage.Limit;
import dev.parley.orchestrator.identity.usage.RateLimits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits in rate as token buckets that all processes share in Redis, and a bucket in memory for
 * each before it, so that who calls much too often costs Redis nothing, and all go on while it is
 * away. A process tells Redis of calls when a fiftieth of what may be taken at once was taken, or
 * after a fifth of a second: beside the call, so that it does not wait, as long as half of that is
 * left here, and before its answer after that. So much may be taken too much, in each process.
 * Thread-safe.
 */
public final class RedisRateLimits implements RateLimits {
  private static final System.Logger LOG = System.getLogger("parley.limits");
  private static final int MOST = 50_000;
  private static final Duration AWAY = Duration.ofSeconds(5);

  private final ProxyManager<byte[]> shared;
  private final Map<String, SharedLimit> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SharedLimit> eldest) {
          return size() > MOST;
        }
      };
  private final Queue<SharedLimit> told = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean telling = new AtomicBoolean();
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
    SharedLimit bucket = bucket(key, limit);
    SharedLimit.Judged judged = bucket.take();
    if (!judged.telling() || System.nanoTime() - awayUntilNanos < 0) {
      return judged.verdict();
    }
    if (!bucket.isNearItsEnd(judged.verdict())) {
      later(bucket);
      return judged.verdict();
    }
    tell(bucket);
    return bucket.after(judged.verdict());
  }

  private void later(SharedLimit bucket) {
    if (bucket.promise()) {
      told.add(bucket);
      if (telling.compareAndSet(false, true)) {
        Thread.ofVirtual().name("limits").start(this::tellAll);
      }
    }
  }

  /** One after the other, until nothing is left to be told. */
  private void tellAll() {
    do {
      for (SharedLimit next = told.poll(); next != null; next = told.poll()) {
        tell(next);
      }
      telling.set(false);
    } while (!told.isEmpty() && telling.compareAndSet(false, true));
  }

  private void tell(SharedLimit bucket) {
    try {
      bucket.tell();
    } catch (RuntimeException e) {
      awayUntilNanos = System.nanoTime() + AWAY.toNanos();
      LOG.log(
          System.Logger.Level.WARNING,
          "each process limits by itself for {0}: {1}",
          AWAY,
          e.getMessage());
    }
  }

  private SharedLimit bucket(String key, Limit limit) {
    synchronized (known) {
      return known.computeIfAbsent(key, _ -> made(key, limit));
    }
  }

  /** Asks nobody yet. */
  private SharedLimit made(String key, Limit limit) {
    BucketConfiguration configuration = configuration(limit);
    return new SharedLimit(
        Bucket.builder().addLimit(configuration.getBandwidths()[0]).build(),
        shared.builder().build(key.getBytes(StandardCharsets.UTF_8), () -> configuration),
        limit.atOnce());
  }

  private static BucketConfiguration configuration(Limit limit) {
    return BucketConfiguration.builder()
        .addLimit(it ->
            it.capacity(limit.atOnce()).refillGreedy(limit.perMinute(), Duration.ofMinutes(1)))
        .build();
  }
}
