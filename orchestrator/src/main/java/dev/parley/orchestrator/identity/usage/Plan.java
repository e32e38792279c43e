package dev.parley.orchestrator.identity.usage;

import java.util.List;
import java.util.Optional;

/**
 * Limits of an organisation; 0 means without limit.
 *
 * @param turns a month
 * @param speechMinutes a month, recognised and made
 * @param documents kept
 * @param storageBytes kept
 * @param calls a month
 */
public record Plan(
    String id, long turns, long speechMinutes, long documents, long storageBytes, long calls) {
  /** Of a machine without accounts: no limits. */
  public static final Plan LOCAL = new Plan("local", 0, 0, 0, 0, 0);

  /** What an organisation has that somebody signed up, where settings do not say otherwise. */
  public static final Plan FREE = new Plan("free", 2_000, 300, 100, 1L << 30, 100_000);

  /** For a team. */
  public static final Plan TEAM = new Plan("team", 50_000, 10_000, 5_000, 100L << 30, 5_000_000);

  private static final long MINUTE_MS = 60_000;

  /** All that there are. */
  public static final List<Plan> ALL = List.of(LOCAL, FREE, TEAM);

  /** The one of that name. */
  public static Optional<Plan> find(String id) {
    return ALL.stream().filter(it -> it.id.equals(id)).findFirst();
  }

  /** Most of that, in its own unit; 0 means without limit. */
  public long limit(Metered what) {
    return switch (what) {
      case TURNS -> turns;
      case SPEECH_MS -> speechMinutes * MINUTE_MS;
      case CALLS -> calls;
      case DOCUMENTS -> documents;
      case BYTES -> storageBytes;
    };
  }

  /** Whether it limits nothing. */
  public boolean isUnlimited() {
    return turns + speechMinutes + documents + storageBytes + calls == 0;
  }
}
