package dev.parley.orchestrator.identity;

import java.util.Optional;
import java.util.stream.Stream;

/** What somebody is in an organisation; each may do what those before it may. */
public enum Role {
  /** Looks, and changes nothing. */
  VIEWER(10),
  /** Talks to the characters. */
  MEMBER(20),
  /** Makes characters and brings documents. */
  EDITOR(30),
  /** Invites people, makes keys, reads the audit log. */
  ADMIN(40),
  /** Changes and ends the organisation itself. */
  OWNER(50);

  private final int number;

  Role(int number) {
    this.number = number;
  }

  /** The number in the contract, in tokens and in stores; greater may more. */
  public int number() {
    return number;
  }

  /** The role with that number. */
  public static Optional<Role> of(int number) {
    return Stream.of(values()).filter(it -> it.number == number).findFirst();
  }

  /** Whether it is that role or one above. */
  public boolean atLeast(Role other) {
    return number >= other.number;
  }
}
