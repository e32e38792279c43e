package dev.parley.orchestrator;

import dev.parley.kit.access.Keys;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.identity.Credential;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Permissions;
import dev.parley.kit.jose.SignedTokens;
import dev.parley.kit.jose.TokenVerifier;
import dev.parley.orchestrator.identity.AccessTokens;
import dev.parley.orchestrator.identity.Authenticator;
import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Grant;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Tells services who shows a token or a key, and makes the tokens that doors pass on in the place
 * of keys and tickets. Thread-safe; blocks for one look into a store.
 */
public final class Proving {
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private record Shown(String secret, String origin, String visitor) {}

  private record Made(String token, long nanos) {}

  private final Authenticator authenticator;
  private final TokenVerifier verifier;
  private final AccessTokens signer;
  private final Map<Shown, Made> made = new ConcurrentHashMap<>();

  Proving(Authenticator authenticator, TokenVerifier verifier, AccessTokens signer) {
    this.authenticator = authenticator;
    this.verifier = verifier;
    this.signer = signer;
  }

  /** Reads access tokens. */
  public Tokens tokens() {
    return new SignedTokens(verifier);
  }

  /** Reads keys of programs. */
  public Keys keys() {
    return key ->
        authenticator
            .byKey(key, "", "")
            .filter(it -> it.kind() == CredentialKind.SECRET_KEY)
            .map(Proving::identity)
            .orElseThrow(() -> Tokens.bad("the key opens nothing"));
  }

  /**
   * A token for a key, the same one for three seconds.
   *
   * @throws dev.parley.kit.failure.Failure UNAUTHENTICATED, TOKEN_INVALID
   */
  public String forKey(String secret, String origin, String visitor) {
    Shown shown = new Shown(secret, origin, visitor);
    long now = System.nanoTime();
    Made before = made.get(shown);
    if (before != null && now - before.nanos() < Authenticator.TRUST.toNanos()) {
      return before.token();
    }
    var identity =
        authenticator
            .byKey(secret, origin, visitor)
            .orElseThrow(() -> Tokens.bad("the key opens nothing here"));
    String token = token(identity);
    if (identity.kind() == CredentialKind.SECRET_KEY || !visitor.isEmpty()) {
      if (made.size() >= MOST) {
        made.clear();
      }
      made.put(shown, new Made(token, now));
    }
    return token;
  }

  /**
   * A token for a ticket, which is used up with that.
   *
   * @throws dev.parley.kit.failure.Failure UNAUTHENTICATED, TOKEN_INVALID
   */
  public String forTicket(String ticket) {
    return authenticator
        .byTicket(ticket)
        .map(this::token)
        .orElseThrow(() -> Tokens.bad("the ticket ended or was used"));
  }

  private String token(dev.parley.orchestrator.identity.Identity it) {
    Optional<Set<Integer>> permissions =
        it.permissions().isEmpty()
            ? Optional.empty()
            : Optional.of(
                permissions(it.permissions()).stream()
                    .map(Permission::getNumber)
                    .collect(Collectors.toSet()));
    return signer
        .sign(
            new Grant(
                it.kind(),
                it.personId(),
                it.organisationId(),
                it.role(),
                permissions,
                it.characterIds(),
                it.credentialId(),
                0,
                TOKEN_LIFE))
        .token();
  }

  private static Identity identity(dev.parley.orchestrator.identity.Identity it) {
    Role role = role(it.role().number());
    return new Identity(
        it.owner(),
        role,
        Permissions.of(role, permissions(it.permissions())),
        it.characterIds(),
        new Credential(Credential.Kind.SECRET_KEY, it.credentialId(), Instant.MIN, Instant.MAX));
  }

  private static Role role(int number) {
    return Optional.ofNullable(Role.forNumber(number)).orElse(Role.ROLE_UNSPECIFIED);
  }

  private static Set<Permission> permissions(Set<String> names) {
    return names.stream()
        .map(it -> Permission.valueOf("PERMISSION_" + it.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
