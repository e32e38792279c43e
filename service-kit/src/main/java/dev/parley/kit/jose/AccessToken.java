package dev.parley.kit.jose;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a verified access token says: who calls, where, and what the credential allows.
 *
 * @param kind which credential it was given for
 * @param subject the person or service account, UUIDv7
 * @param organisationId where it is good
 * @param role a number of {@code parley.type.v1.Role}
 * @param permissions numbers of {@code parley.type.v1.Permission} that a key is narrowed to; absent
 *     for all of the role
 * @param characterIds whom a widget may talk to; empty for all
 * @param credentialId the sign-in or key that it was given for
 * @param generation of the subject when it was given; the subject's tokens of earlier generations
 *     are void
 * @param issueTime to the second
 * @param expireTime to the second
 */
public record AccessToken(
    Kind kind,
    String subject,
    String organisationId,
    int role,
    Optional<Set<Integer>> permissions,
    Set<String> characterIds,
    String credentialId,
    long generation,
    Instant issueTime,
    Instant expireTime) {

  /** Credentials that a token is given for. */
  public enum Kind {
    /** A person's sign-in. */
    SIGN_IN,
    /** A secret key of a program. */
    SECRET_KEY,
    /** A public key of a page. */
    WIDGET_KEY,
    /** A ticket for one WebSocket. */
    TICKET
  }
}
