package dev.parley.orchestrator.argon2;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes and one lane, the least that OWASP's cheat sheet on
 * storing passwords asks for. Written in the PHC string format, so that hashes made with other
 * parameters are read too. A few at a time, because each takes its memory; who finds no room within
 * seconds is refused with OVERLOADED.
 */
public final class Argon2idHash implements PasswordHash {
  /** What one hash costs. */
  record Cost(int kibibytes, int passes, int lanes) {
    static final Cost USUAL = new Cost(19_456, 2, 1);
    private static final Cost MOST = new Cost(262_144, 16, 16);

    boolean isWithin(Cost most) {
      return kibibytes <= most.kibibytes && passes <= most.passes && lanes <= most.lanes;
    }

    boolean isBelow(Cost other) {
      return kibibytes < other.kibibytes || passes < other.passes;
    }
  }

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Cost cost;
  private final Semaphore room;

  /** With the usual cost, that many at a time. */
  public Argon2idHash(int atOnce) {
    this(Cost.USUAL, atOnce);
  }

  Argon2idHash(Cost cost, int atOnce) {
    this.cost = cost;
    this.room = new Semaphore(atOnce, true);
  }

  @Override
  public String hash(String password) {
    byte[] salt = random(SALT_BYTES);
    return phc(salt, run(cost, salt, password, HASH_BYTES));
  }

  @Override
  public String nobodys() {
    return phc(random(SALT_BYTES), random(HASH_BYTES));
  }

  @Override
  public boolean fits(String password, String hash) {
    Matcher parts = read(hash);
    byte[] expected = bytes(parts.group(5));
    byte[] made = run(cost(parts), bytes(parts.group(4)), password, expected.length);
    return MessageDigest.isEqual(expected, made);
  }

  @Override
  public boolean isOutdated(String hash) {
    return cost(read(hash)).isBelow(cost);
  }

  private String phc(byte[] salt, byte[] hash) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(cost.kibibytes, cost.passes, cost.lanes, text(salt), text(hash));
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static Matcher read(String hash) {
    Matcher parts = PHC.matcher(hash);
    if (!parts.matches() || !cost(parts).isWithin(Cost.MOST)) {
      throw new IllegalStateException("a kept password hash cannot be read");
    }
    return parts;
  }

  private static Cost cost(Matcher parts) {
    return new Cost(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private byte[] run(Cost with, byte[] salt, String password, int bytes) {
    enter();
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(with.kibibytes)
              .withIterations(with.passes)
              .withParallelism(with.lanes)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[bytes];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      room.release();
    }
  }

  private void enter() {
    try {
      if (!room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Failure.of(Failure.Code.RESOURCE_EXHAUSTED, "OVERLOADED", "too many sign in at once")
            .retryAfter(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unavailable("going away", PATIENCE).causedBy(e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }
}
