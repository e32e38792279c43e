package dev.parley.orchestrator.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What an access token shall say.
 *
 * @param kind which credential it is for
 * @param subject the person or service account
 * @param permissions numbers that a key is narrowed to; absent for all of the role
 * @param characterIds whom a widget may talk to; empty for all
 * @param credentialId the sign-in or key
 * @param generation of the subject
 */
public record Grant(
    CredentialKind kind,
    String subject,
    String organisationId,
    Role role,
    Optional<Set<Integer>> permissions,
    Set<String> characterIds,
    String credentialId,
    long generation,
    Duration lifetime) {

  /** For a person's sign-in: everything that the role may. */
  static Grant signIn(SignIn it, Role role, long generation, Duration lifetime) {
    return new Grant(
        CredentialKind.SIGN_IN,
        it.personId(),
        it.organisationId(),
        role,
        Optional.empty(),
        Set.of(),
        it.id(),
        generation,
        lifetime);
  }
}
