package dev.parley.orchestrator.identity.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The secret of a key: {@code pk_} or {@code pw_}, 256 random bits in 43 digits of base 62 and six
 * digits of CRC-32 over all before them, by which scanners of leaked secrets recognise it and
 * typing errors cost no look into a store. It never shows itself in a log.
 *
 * @param text all 52 characters
 * @param kind what its beginning says
 */
public record KeySecret(String text, KeyKind kind) {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final int BITS = 256;
  private static final int RANDOM = 43;
  private static final int CHECK = 6;
  private static final int MARK = 3;
  private static final int SHOWN = 11;
  private static final int LENGTH = MARK + RANDOM + CHECK;

  /** A new one. */
  public static KeySecret make(KeyKind kind, SecureRandom random) {
    String body = kind.mark() + digits(new BigInteger(BITS, random), RANDOM);
    return new KeySecret(body + check(body), kind);
  }

  /** Reads one; empty when it cannot be a secret of ours, whatever it is. */
  public static Optional<KeySecret> parse(String text) {
    if (text.length() != LENGTH) {
      return Optional.empty();
    }
    String body = text.substring(0, LENGTH - CHECK);
    return KeyKind.marked(text.substring(0, MARK))
        .filter(_ -> text.chars().skip(MARK).allMatch(it -> DIGITS.indexOf(it) >= 0))
        .filter(_ -> check(body).equals(text.substring(LENGTH - CHECK)))
        .map(kind -> new KeySecret(text, kind));
  }

  /** Whether a text claims to be a key, good or not: then it is no token. */
  public static boolean looksLikeOne(String text) {
    return text.length() >= MARK && KeyKind.marked(text.substring(0, MARK)).isPresent();
  }

  /** What may be shown of it. */
  public String prefix() {
    return text.substring(0, SHOWN);
  }

  /** What is stored of it: its SHA-256 in hexadecimal. 256 random bits need no slower one. */
  public String hash() {
    return Sha256.hex(text);
  }

  @Override
  public String toString() {
    return prefix() + "…";
  }

  private static String check(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    return digits(BigInteger.valueOf(crc.getValue()), CHECK);
  }

  private static String digits(BigInteger number, int length) {
    char[] digits = new char[length];
    BigInteger rest = number;
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] split = rest.divideAndRemainder(BASE);
      digits[i] = DIGITS.charAt(split[1].intValue());
      rest = split[0];
    }
    return new String(digits);
  }
}
