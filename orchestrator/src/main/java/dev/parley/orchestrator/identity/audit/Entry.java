package dev.parley.orchestrator.identity.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * A deed as it is kept for ever.
 *
 * @param number from 1, rising by one in an organisation
 * @param time to the microsecond, as PostgreSQL keeps it
 * @param actor a pseudonym; empty for nobody
 * @param target a kind and an id, as {@code api_key/0198…}; empty where there is nothing
 * @param hash of this entry and the one before, in hexadecimal
 */
public record Entry(
    String organisationId,
    long number,
    Instant time,
    String actor,
    String action,
    String target,
    String outcome,
    String requestId,
    String hash) {
  /** What stands before the first. */
  public static final String FIRST = "0".repeat(64);

  /** The entry after one with that hash. */
  static Entry after(String before, long number, Deed deed, String actor, String target) {
    var unsealed =
        new Entry(
            deed.organisationId(),
            number,
            deed.time().truncatedTo(ChronoUnit.MICROS),
            actor,
            deed.action(),
            target,
            deed.outcome(),
            deed.requestId(),
            "");
    return unsealed.sealed(unsealed.hashAfter(before));
  }

  private Entry sealed(String with) {
    return new Entry(organisationId, number, time, actor, action, target, outcome, requestId, with);
  }

  /**
   * SHA-256 over the hash of the entry before, the number, the microseconds since 1970 and every
   * text in UTF-8 with its length before it, so that no two entries are written alike.
   */
  public String hashAfter(String before) {
    MessageDigest digest = sha256();
    digest.update(HexFormat.of().parseHex(before));
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    digest.update(ByteBuffer.allocate(16).putLong(number).putLong(micros).array());
    for (String text : List.of(organisationId, actor, action, target, outcome, requestId)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
