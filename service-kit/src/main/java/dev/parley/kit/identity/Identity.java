package dev.parley.kit.identity;

import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import java.util.Set;

/**
 * Who somebody proved to be, and what follows from that.
 *
 * @param owner whose data it is about; of a widget's key never the person who made the key, because
 *     whoever reads the page has it
 * @param role what the holder is in the organisation
 * @param permissions what may be done: what the role may, less what a key leaves out
 * @param characterIds the only characters that may be talked to; empty for all
 * @param credential how it was proved
 */
public record Identity(
    Owner owner,
    Role role,
    Set<Permission> permissions,
    Set<String> characterIds,
    Credential credential) {
  private static final Owner NO_OWNER = new Owner("", "");

  public Identity {
    permissions = Set.copyOf(permissions);
    characterIds = Set.copyOf(characterIds);
  }

  /** Somebody who showed nothing: may call what is for anybody, and owns nothing. */
  public static Identity nobody() {
    return new Identity(
        NO_OWNER, Role.ROLE_UNSPECIFIED, Set.of(), Set.of(), Credential.of(Credential.Kind.NONE));
  }

  /** Whoever sits at the machine, where it needs no account: owns all that is there. */
  public static Identity machine() {
    return new Identity(
        Owner.LOCAL,
        Role.ROLE_OWNER,
        Permissions.of(Role.ROLE_OWNER),
        Set.of(),
        Credential.of(Credential.Kind.MACHINE));
  }

  /** One of our services that acts for somebody. */
  public static Identity service(Owner owner) {
    return new Identity(
        owner,
        Role.ROLE_OWNER,
        Set.of(Permission.values()),
        Set.of(),
        Credential.of(Credential.Kind.SERVICE));
  }

  /** Whether it is anybody at all. */
  public boolean isSomebody() {
    return credential.kind() != Credential.Kind.NONE;
  }
}
