package dev.parley.kit.identity;

import java.time.Instant;

/**
 * What somebody proved an identity with.
 *
 * @param kind how
 * @param id of the sign-in or the key, for the audit log and for taking it back; may be empty
 * @param issueTime when it was given out
 * @param expireTime when it ends
 */
public record Credential(Kind kind, String id, Instant issueTime, Instant expireTime) {
  /** Ways to prove who one is. */
  public enum Kind {
    /** Nothing was shown. */
    NONE,
    /** Nothing was shown either, on the machine itself, which needs no account. */
    MACHINE,
    /** A person signed in. */
    SIGN_IN,
    /** A program's key. */
    SECRET_KEY,
    /** A page's key, which everybody can read. */
    WIDGET_KEY,
    /** A ticket for one WebSocket. */
    TICKET,
    /** One of our own services acts for somebody. */
    SERVICE
  }

  /**
   * Whether anybody who reads a page or an address has it: good only where the contract says so.
   */
  public boolean isPublic() {
    return kind == Kind.WIDGET_KEY || kind == Kind.TICKET;
  }

  /** One that has no id and never ends. */
  static Credential of(Kind kind) {
    return new Credential(kind, "", Instant.MIN, Instant.MAX);
  }
}
