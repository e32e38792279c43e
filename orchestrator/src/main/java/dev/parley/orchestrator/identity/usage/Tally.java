package dev.parley.orchestrator.identity.usage;

import java.util.EnumMap;
import java.util.Map;

/**
 * What an organisation used in a period: as all processes know, and since then here. Thread-safe.
 */
final class Tally {
  private final String organisationId;
  private final String period;
  private final Map<Metered, Long> known = new EnumMap<>(Metered.class);
  private Map<Metered, Long> pending = new EnumMap<>(Metered.class);
  private Map<Metered, Long> leaving = new EnumMap<>(Metered.class);
  private boolean unsaved;

  Tally(String organisationId, String period) {
    this.organisationId = organisationId;
    this.period = period;
  }

  String organisationId() {
    return organisationId;
  }

  String period() {
    return period;
  }

  synchronized void add(Metered what, long amount) {
    pending.merge(what, amount, Long::sum);
  }

  synchronized long used(Metered what) {
    return known.getOrDefault(what, 0L)
        + pending.getOrDefault(what, 0L)
        + leaving.getOrDefault(what, 0L);
  }

  /**
   * Takes what is to be added to the shared counts; what was taken and not added is in it again.
   */
  synchronized Map<Metered, Long> take() {
    pending.forEach((what, amount) -> leaving.merge(what, amount, Long::sum));
    pending = new EnumMap<>(Metered.class);
    return Map.copyOf(leaving);
  }

  /** What was taken last is in the shared counts, which are these now. */
  synchronized void added(Map<Metered, Long> totals) {
    unsaved |= !leaving.isEmpty();
    leaving = new EnumMap<>(Metered.class);
    known.putAll(totals);
  }

  /** What is to be kept on disk; empty when nothing changed. */
  synchronized Map<Metered, Long> unsaved() {
    return unsaved ? Map.copyOf(known) : Map.of();
  }

  synchronized void saved(Map<Metered, Long> amounts) {
    unsaved = !amounts.equals(known);
  }

  /** Whether nothing of it is only here. */
  synchronized boolean isSettled() {
    return pending.isEmpty() && leaving.isEmpty() && !unsaved;
  }
}
