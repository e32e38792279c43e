package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.ApiKeyKind;
import dev.parley.identity.v1.CreateApiKeyRequest;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Permissions;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.key.ApiKey;
import dev.parley.orchestrator.identity.key.KeyKind;
import dev.parley.orchestrator.identity.key.Maker;
import dev.parley.orchestrator.identity.key.NewKey;
import dev.parley.orchestrator.identity.key.ServiceAccount;
import dev.parley.type.v1.Permission;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys and accounts of programs, between the contract and the domain. */
final class KeyMessages {
  private KeyMessages() {}

  static Maker maker(Caller caller) {
    Set<Permission> own = caller.identity().permissions();
    Set<Permission> ofRole = Permissions.of(caller.role());
    return new Maker(caller.owner(), role(caller.role()), names(own), !own.containsAll(ofRole));
  }

  /** What a holder of that role may, as far as the maker may it as well. */
  static Set<String> allowed(Maker maker, Role holder) {
    Set<String> allowed = new HashSet<>(names(Permissions.of(role(holder))));
    allowed.retainAll(maker.permissions());
    return Set.copyOf(allowed);
  }

  private static Set<String> names(Collection<Permission> permissions) {
    return permissions.stream().map(Permissions::name).collect(Collectors.toUnmodifiableSet());
  }

  static NewKey wanted(CreateApiKeyRequest q) {
    boolean widget = q.getKind() == ApiKeyKind.API_KEY_KIND_WIDGET;
    return new NewKey(
        q.getDisplayName(),
        widget ? KeyKind.WIDGET : KeyKind.SECRET,
        names(q.getPermissionsList()),
        Set.copyOf(q.getOriginsList()),
        Set.copyOf(q.getCharacterIdsList()),
        q.hasExpireTime()
            ? Optional.of(
                Instant.ofEpochSecond(q.getExpireTime().getSeconds(), q.getExpireTime().getNanos()))
            : Optional.empty(),
        q.getServiceAccountId(),
        q.getRequestId());
  }

  static dev.parley.identity.v1.ApiKey message(ApiKey it) {
    var message =
        dev.parley.identity.v1.ApiKey.newBuilder()
            .setId(it.id())
            .setDisplayName(it.displayName())
            .setPrefix(it.prefix())
            .setKind(
                it.kind() == KeyKind.WIDGET
                    ? ApiKeyKind.API_KEY_KIND_WIDGET
                    : ApiKeyKind.API_KEY_KIND_SECRET)
            .addAllPermissions(
                it.permissions().stream().sorted().map(KeyMessages::permission).toList())
            .addAllOrigins(it.origins().stream().sorted().toList())
            .addAllCharacterIds(it.characterIds().stream().sorted().toList())
            .setCreateTime(Times.timestamp(it.createTime()))
            .setServiceAccountId(it.serviceAccount() ? it.holderId() : "");
    it.expireTime().ifPresent(time -> message.setExpireTime(Times.timestamp(time)));
    it.useTime().ifPresent(time -> message.setUseTime(Times.timestamp(time)));
    return message.build();
  }

  private static Permission permission(String name) {
    return Permission.valueOf("PERMISSION_" + name.toUpperCase(Locale.ROOT));
  }

  static dev.parley.identity.v1.ServiceAccount message(ServiceAccount it) {
    return dev.parley.identity.v1.ServiceAccount.newBuilder()
        .setId(it.id())
        .setDisplayName(it.displayName())
        .setRole(role(it.role()))
        .setCreateTime(Times.timestamp(it.createTime()))
        .build();
  }

  static Role role(dev.parley.type.v1.Role role) {
    return Role.valueOf(role.name().substring("ROLE_".length()));
  }

  private static dev.parley.type.v1.Role role(Role role) {
    return dev.parley.type.v1.Role.valueOf("ROLE_" + role.name());
  }
}
