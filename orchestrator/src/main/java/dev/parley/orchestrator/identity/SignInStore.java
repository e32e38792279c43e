package dev.parley.orchestrator.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps sign-ins; their refresh tokens as hashes. Safe for threads. */
public interface SignInStore {
  /** What became of a refresh. */
  sealed interface Rotation {
    /** The token was good; the next one holds. */
    record Rotated(SignIn signIn) implements Rotation {}

    /** The token had been used before: its whole family has ended. */
    record Reused(SignIn signIn) implements Rotation {}

    /** No such token, or its sign-in ended. */
    record Unknown() implements Rotation {}
  }

  /** Keeps a new one with its first refresh token, and that the person was there last. */
  void begin(SignIn signIn, String tokenHash);

  /**
   * Replaces a refresh token. The same replacement once more is no reuse.
   *
   * @param expireTime of the sign-in from then on
   */
  Rotation rotate(String tokenHash, String nextHash, Instant now, Instant expireTime);

  /** The sign-in of a refresh token, used or not, ended or not. */
  Optional<SignIn> find(String tokenHash);

  /** Ends one; nothing when it has ended. */
  void end(String id);

  /** Ends all of a person. */
  void endAll(String personId);

  /** Those of a person that can be refreshed yet, the newest first. */
  List<SignIn> list(String personId, Instant now);

  /**
   * Whether an access token holds: its sign-in has not ended, and its person is of that generation.
   */
  boolean holds(String id, String personId, long generation);

  /** Removes those that cannot be refreshed since before that time. */
  void forgetBefore(Instant time);
}
