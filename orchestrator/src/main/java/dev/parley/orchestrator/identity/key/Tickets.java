package dev.parley.orchestrator.identity.key;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.Identity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tickets for WebSockets, as browsers cannot send headers there: 256 random bits, good once and for
 * a minute. Thread-safe; blocks for one look into the store.
 */
public final class Tickets {
  /** How long one is good. */
  public static final Duration LIFE = Duration.ofMinutes(1);

  private static final int BYTES = 32;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /**
   * A ticket.
   *
   * @param text 43 letters, digits, {@code -} and {@code _}
   */
  public record Ticket(String text, Instant expireTime) {
    @Override
    public String toString() {
      return "ticket until " + expireTime;
    }
  }

  private final TicketStore store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** Kept there. */
  public Tickets(TicketStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A new one for whoever asks, with what that one may do.
   *
   * @throws Failure STORE_FAILED
   */
  public Ticket issue(Identity identity) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    store.put(Sha256.hex(text), identity, LIFE);
    return new Ticket(text, clock.instant().plus(LIFE));
  }

  /**
   * Whose it is, which uses it up.
   *
   * @throws Failure STORE_FAILED
   */
  public Optional<Identity> redeem(String text) {
    return SHAPE.matcher(text).matches() ? store.take(Sha256.hex(text)) : Optional.empty();
  }
}
