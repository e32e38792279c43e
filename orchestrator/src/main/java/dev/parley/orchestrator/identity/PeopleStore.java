package dev.parley.orchestrator.identity;

import java.util.Optional;

/** Keeps people. Addresses are compared without regard to case. Safe for threads. */
public interface PeopleStore {
  /**
   * How somebody new comes in.
   *
   * @param role in the organisation
   * @param founded the organisation, when it is made with the person
   * @param invitationId the invitation that is used up; empty for none
   */
  record Entry(
      String organisationId, Role role, Optional<Organisation> founded, String invitationId) {}

  /** An account at somebody else: who vouches, and the name there, which never changes. */
  record External(String providerId, String subject) {}

  /** The account with that id. */
  Optional<Account> find(String id);

  /** The account with that address. */
  Optional<Account> findByEmail(String email);

  /** The account that belongs to one elsewhere. */
  Optional<Account> findByExternal(External external);

  /**
   * Makes a person who is in one organisation, all of it or nothing.
   *
   * @return false when the address is taken or the invitation is used up or taken back
   */
  boolean create(
      Person person, Optional<String> passwordHash, Entry entry, Optional<External> external);

  /** Links an account elsewhere to a person. */
  void link(String personId, External external);

  /** Keeps the name and language. */
  void update(Person person);

  /** Notes that the address is the person's; nothing when it has another by now. */
  void verified(String personId, String email);

  /** Sets the password. */
  void setPassword(String personId, String passwordHash);

  /** Ends all access tokens of the person that were given out. */
  void endTokens(String personId);

  /** Removes the person with sign-ins, links, accounts elsewhere and what the person founded as. */
  void delete(String personId);
}
