package dev.parley.orchestrator.identity.usage;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What organisations keep: counted where it is kept, at most every {@link #AGE}, and one more for
 * every upload since. Thread-safe; blocks for one count.
 */
final class Stock {
  /** So old a count may be. */
  static final Duration AGE = Duration.ofSeconds(10);

  private record Counted(Map<Metered, Long> amounts, Instant time, long uploads) {}

  private final Holdings holdings;
  private final InstantSource clock;
  private final Map<String, Counted> counted = new ConcurrentHashMap<>();

  Stock(Holdings holdings, InstantSource clock) {
    this.holdings = holdings;
    this.clock = clock;
  }

  /** What is there, as far as is known; nothing where it cannot be asked. */
  Map<Metered, Long> of(String organisationId) {
    Counted known = counted.get(organisationId);
    if (known == null || known.time().plus(AGE).isBefore(clock.instant())) {
      try {
        return fresh(organisationId);
      } catch (Failure away) {
        return known == null ? Map.of() : known.amounts();
      }
    }
    Map<Metered, Long> amounts = new HashMap<>(known.amounts());
    amounts.merge(Metered.DOCUMENTS, known.uploads(), Long::sum);
    return amounts;
  }

  /** Counts now. */
  Map<Metered, Long> fresh(String organisationId) {
    Map<Metered, Long> amounts = Map.copyOf(holdings.of(organisationId));
    counted.put(organisationId, new Counted(amounts, clock.instant(), 0));
    return amounts;
  }

  /** One more is coming. */
  void uploaded(String organisationId) {
    counted.computeIfPresent(
        organisationId, (_, it) -> new Counted(it.amounts(), it.time(), it.uploads() + 1));
  }
}
