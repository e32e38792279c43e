package dev.parley.orchestrator.identity.key;

import dev.parley.orchestrator.identity.audit.Deed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells the audit log of keys and tickets that opened nothing, whichever door they were shown at. A
 * known key is told of in its organisation's log, once a minute for each reason; what nobody knows
 * is in nobody's. Thread-safe; never blocks and never fails.
 */
public final class Refusals {
  /** The action of a key that was shown. */
  public static final String KEY = "key";

  /** The action of a ticket that was shown. */
  public static final String TICKET = "ticket";

  /** No such key: made up, mistyped or revoked. */
  public static final String UNKNOWN = "KEY_UNKNOWN";

  /** It has ended. */
  public static final String EXPIRED = "KEY_EXPIRED";

  /** A widget's key on a page that it is not for. */
  public static final String ORIGIN = "KEY_ORIGIN";

  /** Whoever held it is no longer in the organisation. */
  public static final String HOLDER = "KEY_HOLDER_LEFT";

  private static final String TICKET_ENDED = "TICKET_INVALID";
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final Consumer<Deed> audit;
  private final InstantSource clock;
  private final Map<String, Instant> told = new ConcurrentHashMap<>();

  /** Tells that log. */
  public Refusals(Consumer<Deed> audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** A secret of the right form that belongs to no key; only its shown beginning is told. */
  void unknown(KeySecret secret) {
    audit.accept(nobodys(KEY, "key_prefix", secret.prefix(), UNKNOWN));
  }

  /** A text that claims to be a key and cannot be one; nothing of it is told. */
  void malformed() {
    audit.accept(nobodys(KEY, "", "", UNKNOWN));
  }

  /** A key that opens nothing, or nothing there. */
  void key(ApiKey key, String why) {
    Instant now = clock.instant();
    if (isDue(key.id() + "/" + why, now)) {
      audit.accept(
          new Deed(now, key.organisationId(), key.holderId(), KEY, "api_key", key.id(), why, ""));
    }
  }

  /** A ticket that ended, was used before or never was. */
  void ticket() {
    audit.accept(nobodys(TICKET, "", "", TICKET_ENDED));
  }

  private boolean isDue(String what, Instant now) {
    if (told.size() >= MOST) {
      told.clear();
    }
    Instant next = now.plus(PAUSE);
    return told.merge(what, next, (until, it) -> now.isBefore(until) ? until : it) == next;
  }

  private Deed nobodys(String action, String targetKind, String targetId, String why) {
    return new Deed(clock.instant(), "", "", action, targetKind, targetId, why, "");
  }
}
