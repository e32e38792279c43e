package dev.parley.orchestrator.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps invitations; their tokens as hashes. Safe for threads. */
public interface InvitationStore {
  /**
   * Keeps one, in place of an earlier one for the same address; with a request id that was used
   * before, returns that one and keeps nothing.
   */
  Invitation create(Invitation invitation, String tokenHash, String requestId);

  /** Those of an organisation that can be accepted yet, the newest first. */
  List<Invitation> list(String organisationId, Instant now);

  /** Takes one back; false when there is none. */
  boolean revoke(String organisationId, String id);

  /** The one with that token, when it can be accepted yet. */
  Optional<Invitation> find(String tokenHash, Instant now);

  /** One for that address that can be accepted yet, the newest. */
  Optional<Invitation> findByEmail(String email, Instant now);

  /** Uses it up and makes the person a member; false when it was used up or taken back. */
  boolean accept(String id, String personId);
}
