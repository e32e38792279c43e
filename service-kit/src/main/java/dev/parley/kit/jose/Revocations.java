package dev.parley.kit.jose;

/** Tokens that ended before their time, as by a sign-out everywhere. Safe for threads. */
public interface Revocations {
  /** Where nobody knows: tokens end by themselves, some minutes later. */
  Revocations NONE = _ -> false;

  /** Whether the token is void though it is genuine and has time left; may be seconds late. */
  boolean isRevoked(AccessToken token);
}
