package dev.parley.orchestrator.identity.key;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Visitors of pages: each a person of its own to the widget's key, known by what the page says. */
final class Visitors {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DIGITS = 32;

  private Visitors() {}

  /** The same for the same visitor of the same key; a new one for an empty visitor. */
  static String person(String keyId, String visitor) {
    if (visitor.isEmpty()) {
      byte[] bytes = new byte[DIGITS / 2];
      RANDOM.nextBytes(bytes);
      return "visitor-" + HexFormat.of().formatHex(bytes);
    }
    return "visitor-" + Sha256.hex(keyId + "/" + visitor).substring(0, DIGITS);
  }
}
