package dev.parley.orchestrator.identity.usage;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** The periods in which usage is counted: months of UTC. */
final class Months {
  private Months() {}

  /** As {@code 2026-11}. */
  static String of(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC)).toString();
  }

  /** When the next begins. */
  static Instant next(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC))
        .plusMonths(1)
        .atDay(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }
}
