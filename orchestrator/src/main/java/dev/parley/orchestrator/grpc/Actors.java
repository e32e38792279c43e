package dev.parley.orchestrator.grpc;

import dev.parley.kit.identity.Caller;
import dev.parley.orchestrator.identity.Actor;
import dev.parley.orchestrator.identity.Role;
import dev.parley.type.v1.Permission;
import java.util.List;

/** The caller as the identity domain knows it. */
final class Actors {
  private Actors() {}

  /** Who makes the current call; who has no role that is known is a viewer at most. */
  static Actor current() {
    Caller caller = Caller.current();
    return new Actor(
        caller.owner().personId(),
        caller.owner().organisationId(),
        Role.of(caller.role().getNumber()).orElse(Role.VIEWER),
        caller.credential().id());
  }

  /** What the caller may do, in the contract's order. */
  static List<Permission> permissions() {
    return Caller.current().identity().permissions().stream().sorted().toList();
  }
}
