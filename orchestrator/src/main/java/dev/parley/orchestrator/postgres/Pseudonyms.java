package dev.parley.orchestrator.postgres;

import dev.parley.kit.identity.Owner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names of people that tell nobody who they are. */
final class Pseudonyms {
  private Pseudonyms() {}

  /** HMAC-SHA-256 of a person, in hexadecimal: not to be told again once the key is gone. */
  static String of(Owner owner, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(bytes(name(owner))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** SHA-256 of a request of a person: to be told again by whoever knows both. */
  static byte[] ofRequest(Owner owner, String requestId) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes(name(owner) + "\n" + requestId));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String name(Owner owner) {
    String organisation = owner.organisationId();
    return organisation.length() + ":" + organisation + "/" + owner.personId();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
