package dev.parley.kit.access;

import dev.parley.kit.identity.Credential;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.identity.Permissions;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** People and programs whose tokens say plainly who they are: {@code role:editor}. */
final class Somebody {
  private static final Owner OWNER = new Owner("acme", "p1");

  private Somebody() {}

  /** Reads such tokens; all others are bad. */
  static Identity verify(String token) {
    String[] parts = token.split(":");
    if (parts.length != 2) {
      throw Tokens.bad("no such token");
    }
    return switch (parts[0]) {
      case "role" -> of(Permissions.of(role(parts[1])), role(parts[1]), Credential.Kind.SIGN_IN);
      case "key" -> key(Permission.valueOf("PERMISSION_" + parts[1]), Credential.Kind.SECRET_KEY);
      case "widget" -> widget(parts[1].split(","));
      case "ticket" -> key(Permission.PERMISSION_CONVERSATIONS_WRITE, Credential.Kind.TICKET);
      default -> throw Tokens.bad("no such token");
    };
  }

  private static Role role(String name) {
    return Role.valueOf("ROLE_" + name.toUpperCase(Locale.ROOT));
  }

  private static Identity key(Permission only, Credential.Kind kind) {
    return of(Permissions.of(Role.ROLE_OWNER, List.of(only)), Role.ROLE_OWNER, kind);
  }

  private static Identity widget(String... characters) {
    Identity all = of(Permissions.of(Role.ROLE_OWNER), Role.ROLE_OWNER, Credential.Kind.WIDGET_KEY);
    return new Identity(
        all.owner(), all.role(), all.permissions(), Set.of(characters), all.credential());
  }

  private static Identity of(Set<Permission> permissions, Role role, Credential.Kind kind) {
    return new Identity(
        OWNER, role, permissions, Set.of(), new Credential(kind, "c1", Instant.EPOCH, Instant.MAX));
  }
}
