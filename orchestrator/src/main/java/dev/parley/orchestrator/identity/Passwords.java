package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import java.text.Normalizer;
import java.util.Optional;

/**
 * Passwords as people set and give them. They are compared in Unicode form NFKC (NIST SP 800-63B,
 * 5.1.1.2), so that the same characters typed on another keyboard are the same password.
 */
public final class Passwords {
  private static final int MIN = 10;
  private static final int MAX = 256;

  private final PasswordHash hash;
  private final CommonPasswords common;
  private final String nobodys;

  /** Over that hash. */
  Passwords(PasswordHash hash, CommonPasswords common) {
    this.hash = hash;
    this.common = common;
    this.nobodys = hash.nobodys();
  }

  /** The hash of a new password; fails as {@link #require}. */
  String accept(String field, String password, String email) {
    require(field, password, email);
    return hash.hash(normal(password));
  }

  /**
   * Looks at a new password.
   *
   * @param field by which the request names it
   * @param email of its person; empty where not known
   * @throws Failure INVALID_ARGUMENT when it is too short, too long, common, or the address
   */
  void require(String field, String password, String email) {
    String normal = normal(password);
    int length = normal.codePointCount(0, normal.length());
    if (length < MIN || length > MAX) {
      throw Failure.invalid(field, length + " characters (expected " + MIN + " to " + MAX + ")");
    }
    if (common.has(normal)) {
      throw Failure.invalid(field, "many people use it (expected one that is hard to guess)");
    }
    if (common.isMadeOf(normal, email)) {
      throw Failure.invalid(field, "it is made of the address (expected one hard to guess)");
    }
  }

  /** Whether it fits; takes as long for nobody as for somebody. */
  boolean fit(String password, Optional<Account> account) {
    Optional<String> kept = account.flatMap(Account::passwordHash);
    boolean fits = hash.fits(normal(password), kept.orElse(nobodys));
    return fits && kept.isPresent();
  }

  /** A new hash of a password that fitted, where the kept one is weaker than those made now. */
  Optional<String> strengthened(String password, Account account) {
    return account.passwordHash().filter(hash::isOutdated).map(_ -> hash.hash(normal(password)));
  }

  private static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
