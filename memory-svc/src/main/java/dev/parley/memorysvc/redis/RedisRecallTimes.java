package dev.parley.memorysvc.redis;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.redis.RedisPool;
import dev.parley.memorysvc.recollection.RecallTimes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When memories were last recalled, in Redis: a sorted set a person, of the 10,000 recalled last,
 * for a year after the last of all. A server that is not there is not waited for.
 */
public final class RedisRecallTimes implements RecallTimes {
  private static final int MOST = 10_000;
  private static final Duration EXPIRY = Duration.ofDays(365);
  private static final Retry ONCE =
      new Retry(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);

  private final RedisPool redis;

  private RedisRecallTimes(RedisPool redis) {
    this.redis = redis;
  }

  /** Uses a server; it need not be there yet. */
  public static RedisRecallTimes at(URI address) {
    return new RedisRecallTimes(new RedisPool(address, ONCE));
  }

  @Override
  public Map<String, Instant> of(Owner owner, Collection<String> memoryIds) {
    if (memoryIds.isEmpty()) {
      return Map.of();
    }
    String[] ids = memoryIds.toArray(String[]::new);
    try {
      List<Double> scores = redis.run(it -> it.zmscore(new Keys(owner).recalled(), ids));
      Map<String, Instant> times = new HashMap<>();
      for (int i = 0; i < ids.length; i++) {
        if (scores.get(i) != null) {
          times.put(ids[i], Instant.ofEpochMilli(scores.get(i).longValue()));
        }
      }
      return times;
    } catch (Failure notThere) {
      return Map.of();
    }
  }

  @Override
  public void recalled(Owner owner, Collection<String> memoryIds, Instant now) {
    String key = new Keys(owner).recalled();
    Map<String, Double> scores = new HashMap<>();
    memoryIds.forEach(id -> scores.put(id, (double) now.toEpochMilli()));
    try {
      redis.run(it -> {
        it.zadd(key, scores);
        it.zremrangeByRank(key, 0, -MOST - 1);
        return it.pexpire(key, EXPIRY.toMillis());
      });
    } catch (Failure notThere) {
      System.getLogger("parley.memory")
          .log(System.Logger.Level.DEBUG, "recall times are not kept now", notThere);
    }
  }

  @Override
  public void remove(Owner owner, Set<String> memoryIds) {
    String key = new Keys(owner).recalled();
    redis.run(
        it -> memoryIds.isEmpty() ? it.del(key) : it.zrem(key, memoryIds.toArray(String[]::new)));
  }

  @Override
  public void close() {
    redis.close();
  }
}
