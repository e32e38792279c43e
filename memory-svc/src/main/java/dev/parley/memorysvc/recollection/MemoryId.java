package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids of memories, computed from the turn, so that a turn that is remembered twice makes one
 * memory. They are UUIDv7 (RFC 9562): the time is the turn's, the rest a hash of owner and turn.
 */
public final class MemoryId {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private MemoryId() {}

  /** The id of the memory of a turn. */
  public static String of(Owner owner, String turnId) {
    return id(turnId, hash(owner, turnId));
  }

  /** The id of something else that was made of a turn or a session, by its name there. */
  public static String of(Owner owner, String sourceId, String name) {
    return id(sourceId, hash(owner, sourceId, name));
  }

  private static String id(String turnId, byte[] bytes) {
    ByteBuffer hash = ByteBuffer.wrap(bytes);
    long first = hash.getLong();
    long second = hash.getLong();
    long time = timeBits(turnId);
    return new UUID((time << 16) | VERSION_7 | (first & 0x0FFF), VARIANT | (second >>> 2))
        .toString();
  }

  private static byte[] hash(Owner owner, String... parts) {
    MessageDigest digest = sha256();
    add(digest, owner.organisationId());
    add(digest, owner.personId());
    for (String part : parts) {
      add(digest, part);
    }
    return digest.digest();
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  /** The 48 bits of milliseconds in a UUIDv7, 0 for another id. */
  private static long timeBits(String turnId) {
    try {
      UUID id = UUID.fromString(turnId);
      return id.version() == 7 ? id.getMostSignificantBits() >>> 16 : 0;
    } catch (IllegalArgumentException notAUuid) {
      return 0;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
