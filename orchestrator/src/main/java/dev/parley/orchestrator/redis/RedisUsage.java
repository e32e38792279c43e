package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.identity.usage.Count;
import dev.parley.orchestrator.identity.usage.Metered;
import dev.parley.orchestrator.identity.usage.UsageArchive;
import dev.parley.orchestrator.identity.usage.UsageStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts in Redis: a hash per organisation and month. Where it is not there, as after Redis lost
 * its data, it begins with what was last written to disk, and it is told what lies between.
 */
public final class RedisUsage implements UsageStore {
  private static final System.Logger LOG = System.getLogger("parley.usage");
  private static final String SCRIPT =
      """
      if redis.call('EXISTS', KEYS[1]) == 0 then
        if ARGV[1] == '' then return false end
        redis.call('HSET', KEYS[1], 'begun', '1')
        for i = 4, 3 + 2 * tonumber(ARGV[2]), 2 do
          redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
        end
      end
      if redis.call('SET', KEYS[2], '1', 'NX', 'PX', 60000) then
        for i = 4 + 2 * tonumber(ARGV[2]), #ARGV, 2 do
          redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
        end
      end
      redis.call('PEXPIRE', KEYS[1], ARGV[3])
      return redis.call('HGETALL', KEYS[1])
      """;
  private static final long SEVENTY_DAYS_MS = 70L * 24 * 3600 * 1000;

  private final RedisConnection redis;
  private final UsageArchive archive;

  /** Over a connection, which stays the caller's. */
  public RedisUsage(RedisConnection redis, UsageArchive archive) {
    this.redis = redis;
    this.archive = archive;
  }

  @Override
  public Map<Metered, Long> add(
      String organisationId, String period, String batchId, Map<Metered, Long> amounts) {
    Optional<Map<Metered, Long>> totals =
        run(organisationId, period, batchId, amounts, Optional.empty());
    return totals.orElseGet(() -> {
      Optional<Count> before = archive.find(organisationId, period);
      before.ifPresent(it ->
          LOG.log(
              System.Logger.Level.WARNING,
              "usage of {0} in {1} was not in Redis; it goes on from what was kept at {2}, and what"
                  + " was counted between then and now is lost",
              organisationId,
              period,
              it.time()));
      Map<Metered, Long> start = before.map(Count::amounts).orElse(Map.of());
      return run(organisationId, period, batchId, amounts, Optional.of(start)).orElseThrow();
    });
  }

  /** The counts after adding; empty when there are none and no start is given. */
  private Optional<Map<Metered, Long>> run(
      String organisationId,
      String period,
      String batchId,
      Map<Metered, Long> amounts,
      Optional<Map<Metered, Long>> start) {
    String slot = "parley:usage:{" + organisationId + "}:";
    Map<Metered, Long> initial = start.orElse(Map.of());
    List<String> arguments = new ArrayList<>();
    arguments.add(start.isPresent() ? "begin" : "");
    arguments.add(Integer.toString(initial.size()));
    arguments.add(Long.toString(SEVENTY_DAYS_MS));
    initial.forEach((what, amount) -> arguments.addAll(List.of(what.name(), "" + amount)));
    amounts.forEach((what, amount) -> arguments.addAll(List.of(what.name(), "" + amount)));
    Object answer =
        redis.run(
            it -> it.eval(SCRIPT, List.of(slot + period, slot + "batch:" + batchId), arguments));
    return answer instanceof List<?> pairs ? Optional.of(read(pairs)) : Optional.empty();
  }

  private static Map<Metered, Long> read(List<?> pairs) {
    Map<Metered, Long> totals = new EnumMap<>(Metered.class);
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      String name = text(pairs.get(i));
      if (!name.equals("begun")) {
        totals.put(Metered.valueOf(name), Long.parseLong(text(pairs.get(i + 1))));
      }
    }
    return totals;
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }
}
