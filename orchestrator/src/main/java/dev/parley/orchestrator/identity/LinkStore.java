package dev.parley.orchestrator.identity;

import java.time.Instant;
import java.util.Optional;

/** Keeps what is good once and for a while; by hashes. Safe for threads. */
public interface LinkStore {
  /** What a link is for. */
  enum Purpose {
    /** Proves an address. */
    VERIFY,
    /** Sets a new password. */
    RESET
  }

  /** Whose link it was, and to which address it was sent. */
  record Link(String personId, String email) {}

  /** Keeps one. */
  void create(String hash, Purpose purpose, Link link, Instant expireTime);

  /** Uses it up, and all others of the person for that purpose. */
  Optional<Link> take(String hash, Purpose purpose, Instant now);

  /** Removes those that expired before that time. */
  void forgetBefore(Instant time);
}
