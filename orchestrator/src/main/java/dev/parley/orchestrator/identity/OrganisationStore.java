package dev.parley.orchestrator.identity;

import java.util.List;
import java.util.Optional;

/** Keeps organisations and who is in them. Safe for threads. */
public interface OrganisationStore {
  /** What became of a change to a member. */
  enum Change {
    /** It is done, and the member's access tokens ended. */
    DONE,
    /** There is no such member. */
    NO_MEMBER,
    /** The organisation would be left without an owner. */
    LAST_OWNER
  }

  /** The organisation with that id. */
  Optional<Organisation> find(String id);

  /**
   * Makes one with its owner; with a request id that the owner used before, returns that one.
   *
   * @param requestId empty for none
   */
  Organisation create(Organisation organisation, String ownerId, String requestId);

  /** Keeps the name and what can be chosen. */
  void update(Organisation organisation);

  /** Removes it with its characters, keys, accounts and members, whose access tokens end. */
  void delete(String id);

  /** Those that a person is in, by name. */
  List<Joined> of(String personId);

  /** The same, when the person is in it. */
  Optional<Joined> find(String id, String personId);

  /** Members by name, after a member's page token; at most {@code size}. */
  Page members(String id, String pageToken, int size);

  /** Some members, and where the next page begins; empty at the end. */
  record Page(List<Member> members, String nextPageToken) {}

  /** One member. */
  Optional<Member> member(String id, String personId);

  /** Gives a member another role. */
  Change setRole(String id, String personId, Role role);

  /** Removes a member. */
  Change remove(String id, String personId);
}
