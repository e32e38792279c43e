package dev.parley.orchestrator.identity.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that the audit log gives people: HMAC-SHA-256 (RFC 2104) under a key that each has of one's
 * own. Once the key is destroyed nothing leads from the name to the person, nor back.
 */
public final class Pseudonym {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;

  private Pseudonym() {}

  /** A new key. */
  public static byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  /** Of a person in an organisation, in hexadecimal. */
  public static String of(byte[] key, String organisationId, String personId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String who = organisationId.length() + ":" + organisationId + "/" + personId;
      return HexFormat.of().formatHex(mac.doFinal(who.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
