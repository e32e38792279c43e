package dev.parley.kit.access;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.identity.Credential;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Permissions;
import dev.parley.type.v1.Access;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Scope;
import io.grpc.MethodDescriptor;
import java.util.Optional;

/** Holds an identity to what a method declares. */
final class Rules {
  private Rules() {}

  /**
   * Passes when that identity may call that method.
   *
   * @throws Failure UNAUTHENTICATED when it takes somebody and this is nobody; PERMISSION_DENIED
   *     otherwise; both name the permission that is needed
   */
  static void check(MethodDescriptor<?, ?> method, Identity identity) {
    Optional<Access> declared = Declared.of(method);
    if (declared.isEmpty()) {
      throw denied(method.getBareMethodName() + " does not declare who may call it");
    }
    Access access = declared.get();
    Permission needed = access.getPermission();
    boolean service = identity.credential().kind() == Credential.Kind.SERVICE;
    if (service || needed == Permission.PERMISSION_PUBLIC) {
      return;
    }
    if (needed == Permission.PERMISSION_MESH || access.getScope() == Scope.SCOPE_NAMED_OWNER) {
      throw naming(denied("only services of Parley may call this"), Permission.PERMISSION_MESH);
    }
    if (!identity.isSomebody()) {
      throw naming(
          Failure.of(
              Code.UNAUTHENTICATED,
              "UNAUTHENTICATED",
              "nobody is signed in (expected an access token or a key)"),
          needed);
    }
    if (identity.credential().isPublic() && !access.getWidgets()) {
      throw naming(denied("a widget's key may not do this"), needed);
    }
    if (needed != Permission.PERMISSION_SIGNED_IN && !identity.permissions().contains(needed)) {
      throw missing(needed, identity);
    }
  }

  private static Failure missing(Permission needed, Identity identity) {
    boolean limited = Permissions.of(identity.role()).contains(needed);
    String least = Permissions.name(Permissions.leastRole(needed));
    Failure failure =
        limited
            ? denied("the key lacks the permission " + Permissions.name(needed))
            : denied(
                Permissions.name(needed)
                    + " takes the role "
                    + least
                    + " (the caller is "
                    + Permissions.name(identity.role())
                    + ")");
    return naming(failure, needed).with("least_role", least);
  }

  private static Failure denied(String message) {
    return Failure.of(Code.PERMISSION_DENIED, "PERMISSION_DENIED", message);
  }

  private static Failure naming(Failure failure, Permission needed) {
    return failure.with("permission", Permissions.name(needed));
  }
}
