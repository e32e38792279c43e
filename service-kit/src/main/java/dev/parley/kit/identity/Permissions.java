package dev.parley.kit.identity;

import dev.parley.type.v1.AccessOuterClass;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which role may do what, as the contract says beside each permission ({@code least_role}). */
public final class Permissions {
  private static final Map<Permission, Role> LEAST = leastRoles();

  private Permissions() {}

  /** All that a role may do. Never what only our own services may. */
  public static Set<Permission> of(Role role) {
    Set<Permission> granted = EnumSet.noneOf(Permission.class);
    LEAST.forEach((permission, least) -> {
      if (rank(role) >= rank(least)) {
        granted.add(permission);
      }
    });
    return granted;
  }

  /** What a key may do: what its holder's role may, and of that only what the key says. */
  public static Set<Permission> of(Role role, Collection<Permission> only) {
    Set<Permission> granted = of(role);
    if (!only.isEmpty()) {
      granted.retainAll(only);
    }
    return granted;
  }

  /** The least role that has a permission; unspecified where none has. */
  public static Role leastRole(Permission permission) {
    return LEAST.getOrDefault(permission, Role.ROLE_UNSPECIFIED);
  }

  /** As a key's scope is written: {@code characters_write}. */
  public static String name(Permission permission) {
    return bare(permission.name(), "PERMISSION_");
  }

  /** As it is written for people: {@code editor}. */
  public static String name(Role role) {
    return bare(role.name(), "ROLE_");
  }

  private static String bare(String name, String prefix) {
    return name.substring(name.startsWith(prefix) ? prefix.length() : 0).toLowerCase(Locale.ROOT);
  }

  /** The contract numbers roles in their order; one that it does not know has no rights. */
  private static int rank(Role role) {
    return role == Role.UNRECOGNIZED ? 0 : role.getNumber();
  }

  private static Map<Permission, Role> leastRoles() {
    Map<Permission, Role> least = new EnumMap<>(Permission.class);
    for (Permission permission : Permission.values()) {
      if (permission != Permission.UNRECOGNIZED) {
        Role role =
            permission.getValueDescriptor().getOptions().getExtension(AccessOuterClass.leastRole);
        if (rank(role) > 0) {
          least.put(permission, role);
        }
      }
    }
    return least;
  }
}
