package dev.parley.kit.ids;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes UUIDv7 ids (RFC 9562): ordered by time of making, 74 random bits. Safe for threads. */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** A new id, 36 characters. */
  public static String next() {
    return at(System.currentTimeMillis());
  }

  /** A new id that says it was made at that time, in milliseconds since 1970. */
  public static String at(long epochMillis) {
    long random = RANDOM.nextLong();
    long high = (epochMillis << 16) | 0x7000L | (random & 0x0FFFL);
    long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
