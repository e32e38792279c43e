package dev.parley.orchestrator.grpc;

import dev.parley.kit.identity.Caller;
import dev.parley.orchestrator.identity.Actor;
import dev.parley.orchestrator.identity.Role;
import dev.parley.type.v1.AccessOuterClass;
import dev.parley.type.v1.Permission;
import java.util.List;
import java.util.stream.Stream;

/** The caller as the identity domain knows it. */
final class Actors {
  private Actors() {}

  /** Who makes the current call. */
  static Actor current() {
    Caller caller = Caller.current();
    return new Actor(caller.owner().personId(), caller.owner().organisationId(), Role.OWNER, "");
  }

  /** What it may do, in the contract's order. */
  static List<Permission> permissions() {
    return Stream.of(Permission.values())
        .filter(it -> it != Permission.UNRECOGNIZED)
        .filter(it ->
            it.getValueDescriptor()
                    .getOptions()
                    .getExtension(AccessOuterClass.leastRole)
                    .getNumber()
                > 0)
        .toList();
  }
}
