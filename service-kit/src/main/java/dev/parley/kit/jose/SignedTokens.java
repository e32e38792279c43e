package dev.parley.kit.jose;

import dev.parley.kit.access.Tokens;
import dev.parley.kit.identity.Credential;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.identity.Permissions;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Access tokens, read by whoever knows the keys they are signed with.
 *
 * @param verifier knows them
 */
public record SignedTokens(TokenVerifier verifier) implements Tokens {
  @Override
  public Identity verify(String token) {
    AccessToken it = verifier.verify(token);
    Role role = Optional.ofNullable(Role.forNumber(it.role())).orElse(Role.ROLE_UNSPECIFIED);
    Collection<Permission> only =
        it.permissions().orElse(Set.of()).stream()
            .map(Permission::forNumber)
            .filter(Objects::nonNull)
            .toList();
    return new Identity(
        new Owner(it.organisationId(), it.subject()),
        role,
        it.permissions().isPresent() && only.isEmpty() ? Set.of() : Permissions.of(role, only),
        it.characterIds(),
        new Credential(
            Credential.Kind.valueOf(it.kind().name()),
            it.credentialId(),
            it.issueTime(),
            it.expireTime()));
  }
}
