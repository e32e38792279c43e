package dev.parley.kit.access;

import dev.parley.type.v1.Access;
import dev.parley.type.v1.AccessOuterClass;
import dev.parley.type.v1.CostClass;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Scope;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the contract says about who may call a method ({@code parley.type.v1.access}), read once a
 * method. Safe for threads.
 */
public final class Declared {
  private static final Map<String, Optional<Access>> READ = new ConcurrentHashMap<>();

  /** Protocols of gRPC itself, whose contracts are not ours to write in. */
  private static final Map<String, Permission> FOREIGN =
      Map.of(
          "grpc.health.v1.Health", Permission.PERMISSION_PUBLIC,
          "grpc.reflection.v1.ServerReflection", Permission.PERMISSION_SIGNED_IN,
          "grpc.reflection.v1alpha.ServerReflection", Permission.PERMISSION_SIGNED_IN);

  private Declared() {}

  /** What is declared; empty where nothing, or not everything, is: nobody may call that. */
  public static Optional<Access> of(MethodDescriptor<?, ?> method) {
    return READ.computeIfAbsent(method.getFullMethodName(), _ -> read(method));
  }

  private static Optional<Access> read(MethodDescriptor<?, ?> method) {
    Permission foreign = FOREIGN.get(method.getServiceName());
    if (foreign != null) {
      return Optional.of(
          Access.newBuilder()
              .setPermission(foreign)
              .setScope(Scope.SCOPE_NONE)
              .setCostClass(CostClass.COST_CLASS_FREE)
              .build());
    }
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier proto
        ? Optional.of(
                proto.getMethodDescriptor().getOptions().getExtension(AccessOuterClass.access))
            .filter(Declared::isWhole)
        : Optional.empty();
  }

  private static boolean isWhole(Access access) {
    return access.getPermission() != Permission.PERMISSION_UNSPECIFIED
        && access.getPermission() != Permission.UNRECOGNIZED
        && access.getScope() != Scope.SCOPE_UNSPECIFIED
        && access.getScope() != Scope.UNRECOGNIZED
        && access.getCostClass() != CostClass.COST_CLASS_UNSPECIFIED
        && access.getCostClass() != CostClass.UNRECOGNIZED;
  }
}
