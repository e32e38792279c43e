package dev.parley.orchestrator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.identity.usage.Cost;
import dev.parley.orchestrator.identity.usage.Count;
import dev.parley.orchestrator.identity.usage.Limit;
import dev.parley.orchestrator.identity.usage.Metered;
import dev.parley.orchestrator.identity.usage.RateLimits.Subject;
import dev.parley.orchestrator.identity.usage.RateLimits.Verdict;
import dev.parley.orchestrator.identity.usage.UsageArchive;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts and limits over a real Redis. */
class RedisUsageTest {
  @TempDir static Path folder;
  private static RedisForTests server;
  private static RedisConnection redis;

  private final Map<String, Count> disk = new HashMap<>();
  private final RedisUsage usage = new RedisUsage(redis, archive());

  private UsageArchive archive() {
    return new UsageArchive() {
      @Override
      public Optional<Count> find(String organisationId, String period) {
        return Optional.ofNullable(disk.get(organisationId + period));
      }

      @Override
      public void save(String o, String period, Map<Metered, Long> amounts, Instant time) {
        disk.put(o + period, new Count(amounts, time));
      }
    };
  }

  @BeforeAll
  static void start() throws Exception {
    server = new RedisForTests(folder);
    redis = new RedisConnection(server.url());
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
    server.close();
  }

  @BeforeEach
  void empty() {
    redis.run(it -> it.flushAll());
  }

  @Test
  void amountsAddUpAndABatchThatIsSentTwiceCountsOnce() {
    Map<Metered, Long> some = Map.of(Metered.CALLS, 3L, Metered.TURNS, 1L);
    assertThat(usage.add("acme", "2026-11", "b1", some)).isEqualTo(some);
    assertThat(usage.add("acme", "2026-11", "b1", some)).isEqualTo(some);
    assertThat(usage.add("acme", "2026-11", "b2", Map.of(Metered.CALLS, 1L)))
        .isEqualTo(Map.of(Metered.CALLS, 4L, Metered.TURNS, 1L));
    assertThat(usage.add("acme", "2026-12", "b3", Map.of())).isEmpty();
    assertThat(usage.add("other", "2026-11", "b4", Map.of())).isEmpty();
  }

  @Test
  void whatRedisLostGoesOnFromWhatWasKeptOnDisk() {
    usage.add("acme", "2026-11", "b1", Map.of(Metered.CALLS, 10L));
    disk.put("acme2026-11", new Count(Map.of(Metered.CALLS, 8L), Instant.EPOCH));
    empty();
    assertThat(usage.add("acme", "2026-11", "b2", Map.of(Metered.CALLS, 1L)))
        .isEqualTo(Map.of(Metered.CALLS, 9L));
    assertThat(usage.add("acme", "2026-11", "b3", Map.of(Metered.CALLS, 1L)))
        .isEqualTo(Map.of(Metered.CALLS, 10L));
  }

  @Test
  void someMayCallAtOnceAndThenAsLimitsFillUp() {
    var limits = new RedisRateLimits(redis);
    Limit limit = Limit.of(Subject.ADDRESS, Cost.SIGN_IN).orElseThrow();
    for (int i = 0; i < limit.atOnce(); i++) {
      assertThat(limits.take(Subject.ADDRESS, "192.0.2.1", Cost.SIGN_IN).allowed()).isTrue();
    }
    Verdict verdict = limits.take(Subject.ADDRESS, "192.0.2.1", Cost.SIGN_IN);
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.retryAfter())
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofMinutes(1).dividedBy(limit.perMinute()));
    assertThat(limits.take(Subject.ADDRESS, "192.0.2.2", Cost.SIGN_IN).allowed()).isTrue();
    assertThat(limits.take(Subject.ADDRESS, "192.0.2.1", Cost.READ).allowed()).isTrue();
  }

  @Test
  void allProcessesTakeFromOneBucket() {
    var one = new RedisRateLimits(redis);
    var other = new RedisRateLimits(redis);
    long allowed = 0;
    for (int i = 0; i < 60; i++) {
      var limits = i % 2 == 0 ? one : other;
      allowed += limits.take(Subject.ADDRESS, "192.0.2.3", Cost.SIGN_IN).allowed() ? 1 : 0;
    }
    assertThat(allowed).isBetween(30L, 35L);
  }

  @Test
  void whereMuchMayBeTakenAProcessTellsTheOthersAtTimesAndLittleTooMuchIsTaken() {
    Limit limit = Limit.of(Subject.ADDRESS, Cost.READ).orElseThrow();
    var one = new RedisRateLimits(redis);
    var other = new RedisRateLimits(redis);
    long allowed = 0;
    for (int i = 0; i < 2 * limit.atOnce(); i++) {
      var limits = i % 2 == 0 ? one : other;
      allowed += limits.take(Subject.ADDRESS, "192.0.2.6", Cost.READ).allowed() ? 1 : 0;
    }
    assertThat(allowed).isBetween(limit.atOnce(), 2 * limit.atOnce() - 100);
  }

  @Test
  void withoutRedisEachProcessLimitsByItself() {
    var brief = new dev.parley.kit.failure.Retry(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    try (var nowhere = new RedisConnection("redis://127.0.0.1:1", brief)) {
      var limits = new RedisRateLimits(nowhere);
      long allowed = 0;
      for (int i = 0; i < 60; i++) {
        allowed += limits.take(Subject.ADDRESS, "192.0.2.4", Cost.SIGN_IN).allowed() ? 1 : 0;
      }
      assertThat(allowed).isBetween(30L, 35L);
    }
  }

  @Test
  void afterAnOutageNobodyWaitsForAllThatWasTakenMeanwhile() {
    var minute = Duration.ofMinutes(1);
    var shared =
        redis.bare(it ->
            Bucket4jJedis.casBasedBuilder(it)
                .build()
                .builder()
                .build(
                    "parley:limit:outage".getBytes(StandardCharsets.UTF_8),
                    () ->
                        BucketConfiguration.builder()
                            .addLimit(of -> of.capacity(100).refillGreedy(600, minute))
                            .build()));
    var own = Bucket.builder().addLimit(of -> of.capacity(9_000).refillGreedy(1, minute)).build();
    var limit = new SharedLimit(own, shared, 100);
    for (int i = 0; i < 9_000; i++) {
      assertThat(limit.take().verdict().allowed()).isTrue();
    }
    limit.tell();
    limit.take();
    limit.tell();
    assertThat(limit.after(Verdict.FREE).retryAfter()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void bucketsAreForgottenWhenTheyAreFullAgain() throws InterruptedException {
    var limits = new RedisRateLimits(redis);
    limits.take(Subject.ADDRESS, "192.0.2.5", Cost.SIGN_IN);
    String key =
        eventually(() -> redis.<Set<String>>run(it -> it.keys("parley:limit:*:192.0.2.5")));
    assertThat(redis.<Long>run(it -> it.pttl(key))).isBetween(1L, 120_000L);
  }

  /** Calls do not wait until Redis knows of them. */
  private static String eventually(Supplier<Set<String>> keys) throws InterruptedException {
    for (int i = 0; i < 500 && keys.get().isEmpty(); i++) {
      Thread.sleep(10);
    }
    return keys.get().iterator().next();
  }
}
