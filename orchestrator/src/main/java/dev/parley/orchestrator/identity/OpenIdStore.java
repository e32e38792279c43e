package dev.parley.orchestrator.identity;

import dev.parley.orchestrator.identity.OpenIdProvider.Attempt;
import java.time.Instant;
import java.util.Optional;

/** Keeps attempts to sign in elsewhere, which may end on another replica. Safe for threads. */
public interface OpenIdStore {
  /** With whom, and what it is known by. */
  record Begun(String providerId, Attempt attempt) {}

  /** Keeps one until then; the state as a hash. */
  void begin(Begun begun, Instant expireTime);

  /** Uses it up. */
  Optional<Begun> take(String state, Instant now);

  /** Removes those that expired before that time. */
  void forgetBefore(Instant time);
}
