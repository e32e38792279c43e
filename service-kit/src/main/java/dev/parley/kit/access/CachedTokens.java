package dev.parley.kit.access;

import dev.parley.kit.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers for some seconds whom a token belongs to, because checking a signature costs more than
 * many a call. What is taken back opens nothing that much later. Bounded; safe for threads.
 */
public final class CachedTokens implements Tokens {
  private static final int MOST = 10_000;

  private record Known(Identity identity, Instant until) {}

  private final Tokens tokens;
  private final Duration age;
  private final InstantSource clock;
  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  /** Remembers for that long, never beyond a token's own end. */
  public CachedTokens(Tokens tokens, Duration age, InstantSource clock) {
    this.tokens = tokens;
    this.age = age;
    this.clock = clock;
  }

  @Override
  public Identity verify(String token) {
    Instant now = clock.instant();
    synchronized (known) {
      Known kept = known.get(token);
      if (kept != null && now.isBefore(kept.until())) {
        return kept.identity();
      }
    }
    Identity identity = tokens.verify(token);
    Instant end = identity.credential().expireTime();
    Instant until = now.plus(age).isBefore(end) ? now.plus(age) : end;
    synchronized (known) {
      known.remove(token);
      known.put(token, new Known(identity, until));
    }
    return identity;
  }
}
