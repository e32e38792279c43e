package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.Optional;

/**
 * That the session at a place is ours: the token of its writes. Thread-safe; blocks where it must
 * claim.
 */
final class Tenure {
  private final String place;
  private final Optional<Leases> leases;
  private volatile long token;

  /** A token of 0 claims when the first is needed, as after a start without the store. */
  Tenure(String place, Optional<Leases> leases, long token) {
    this.place = place;
    this.leases = leases;
    this.token = token;
  }

  /** Whether somebody else could go on with the session. */
  boolean shared() {
    return leases.isPresent();
  }

  /** Whether {@link #token} does not have to claim first. */
  boolean isHeld() {
    return token != 0 || leases.isEmpty();
  }

  /**
   * What writes carry; 0 where nobody else is.
   *
   * @throws Failure SESSION_ELSEWHERE, STORE_FAILED
   */
  synchronized long token() {
    if (token == 0 && leases.isPresent()) {
      switch (leases.get().claim(place)) {
        case Leases.Claim.Held held -> token = held.token();
        case Leases.Claim.Elsewhere other -> throw elsewhere(other);
      }
    }
    return token;
  }

  /** Lets go; what the store does not take expires by itself. */
  synchronized void release(boolean goesOn) {
    try {
      if (token > 0 && leases.isPresent()) {
        leases.get().release(place, token, goesOn);
      }
    } catch (Failure down) {
      System.getLogger("parley.session")
          .log(System.Logger.Level.DEBUG, "a lease expires by itself", down);
    }
  }

  /** Says where a session is; {@code address} among the facts is empty where it is not told. */
  static Failure elsewhere(Leases.Claim.Elsewhere other) {
    return Failure.of(
            Failure.Code.UNAVAILABLE,
            "SESSION_ELSEWHERE",
            "the session lives on replica " + other.replica())
        .with("replica", other.replica())
        .with("address", other.address())
        .retryAfter(java.time.Duration.ofMillis(500));
  }

  /** Whether a failure says that somebody else owns the session. */
  static boolean isElsewhere(Throwable failure) {
    return failure instanceof Failure f && f.reason().equals("SESSION_ELSEWHERE");
  }
}
