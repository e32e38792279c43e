package dev.parley.orchestrator.identity.usage;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts in memory, shared and on disk; may be away. */
public final class InMemoryUsage implements UsageStore, UsageArchive {
  private final Map<String, Map<Metered, Long>> shared = new HashMap<>();
  private final Map<String, Count> disk = new HashMap<>();
  private final Set<String> batches = new HashSet<>();
  boolean away;

  @Override
  public synchronized Map<Metered, Long> add(
      String organisationId, String period, String batchId, Map<Metered, Long> amounts) {
    if (away) {
      throw Failure.unavailable("away", Duration.ZERO);
    }
    Map<Metered, Long> totals =
        shared.computeIfAbsent(organisationId + period, _ -> new EnumMap<>(Metered.class));
    if (batches.add(batchId)) {
      amounts.forEach((what, amount) -> totals.merge(what, amount, Long::sum));
    }
    return Map.copyOf(totals);
  }

  @Override
  public synchronized Optional<Count> find(String organisationId, String period) {
    return Optional.ofNullable(disk.get(organisationId + period));
  }

  @Override
  public synchronized void save(
      String organisationId, String period, Map<Metered, Long> amounts, Instant time) {
    disk.put(organisationId + period, new Count(amounts, time));
  }
}
