package dev.parley.kit.access;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Identity;

/** Reads access tokens. Called by many threads at once; may be called for every call. */
@FunctionalInterface
public interface Tokens {
  /** None is good. */
  Tokens NONE =
      token -> {
        throw bad("this server has given out no tokens");
      };

  /**
   * Who holds a token.
   *
   * @throws Failure UNAUTHENTICATED with TOKEN_INVALID when it is not ours, ended or malformed
   */
  Identity verify(String token);

  /** The failure of a credential that opens nothing. */
  static Failure bad(String message) {
    return Failure.of(Failure.Code.UNAUTHENTICATED, "TOKEN_INVALID", message);
  }
}
