package dev.parley.orchestrator.identity;

import dev.parley.kit.identity.Owner;
import java.util.Set;

/**
 * Whom a credential proves one to be, and what one may do with it.
 *
 * @param personId a person, a service account, or {@code visitor-…} for a page's visitor
 * @param serviceAccount whether it is a program's account
 * @param organisationId where it is good
 * @param role what the holder is there at this moment
 * @param permissions as {@code characters_write}, to be met with what the role may; empty for all
 *     of that
 * @param characterIds the only characters it may talk to; empty for all
 * @param credentialId of the key; of a ticket that of whatever asked for it
 * @param kind what proved it
 */
public record Identity(
    String personId,
    boolean serviceAccount,
    String organisationId,
    Role role,
    Set<String> permissions,
    Set<String> characterIds,
    String credentialId,
    CredentialKind kind) {

  /** Copies the sets. */
  public Identity {
    permissions = Set.copyOf(permissions);
    characterIds = Set.copyOf(characterIds);
  }

  /** Whose data it reads and changes. */
  public Owner owner() {
    return new Owner(organisationId, personId);
  }
}
