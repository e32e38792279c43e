package dev.parley.orchestrator.identity.key;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.orchestrator.identity.Role;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Makes, lists and ends keys. Nobody makes a key that may do more than oneself. Thread-safe;
 * blocks; besides what is said fails with STORE_FAILED.
 */
public final class Keys {
  /** What a page may do at most, as its key is public. */
  public static final Set<String> WIDGET_MAY =
      Set.of("conversations_read", "conversations_write", "characters_read");

  /**
   * A key that was made.
   *
   * @param secret empty when the call was repeated
   */
  public record Made(ApiKey key, Optional<KeySecret> secret) {}

  private final KeyStore store;
  private final Keyring keyring;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** Those of the store; what is ended here the keyring forgets at once. */
  public Keys(KeyStore store, Keyring keyring, Supplier<String> ids, InstantSource clock) {
    this.store = store;
    this.keyring = keyring;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes one.
   *
   * @param allowed what its holder's role may, as far as the maker may it as well
   * @throws Failure INVALID_ARGUMENT, PERMISSION_DENIED, SERVICE_ACCOUNT_NOT_FOUND
   */
  public Made create(Maker maker, Set<String> allowed, NewKey wanted) {
    Instant now = clock.instant();
    wanted
        .expireTime()
        .filter(it -> !it.isAfter(now))
        .ifPresent(it -> {
          throw Failure.invalid("expire_time", it + " (expected a time to come)");
        });
    String holder =
        wanted.serviceAccountId().isEmpty() ? maker.owner().personId() : wanted.serviceAccountId();
    KeySecret secret = KeySecret.make(wanted.kind(), random);
    var key =
        new ApiKey(
            ids.get(),
            maker.owner().organisationId(),
            holder,
            store.account(maker.owner().organisationId(), holder).isPresent(),
            wanted.displayName(),
            secret.prefix(),
            wanted.kind(),
            permissions(maker, allowed, wanted),
            origins(wanted),
            wanted.characterIds(),
            wanted.expireTime(),
            Optional.empty(),
            now);
    ApiKey kept = store.create(key, secret.hash(), wanted.requestId());
    return new Made(kept, kept.id().equals(key.id()) ? Optional.of(secret) : Optional.empty());
  }

  private static Set<String> permissions(Maker maker, Set<String> allowed, NewKey wanted) {
    boolean widget = wanted.kind() == KeyKind.WIDGET;
    Set<String> most = new HashSet<>(allowed);
    if (widget) {
      most.retainAll(WIDGET_MAY);
    }
    if (wanted.permissions().isEmpty()) {
      return widget || maker.limited() ? most : Set.of();
    }
    Set<String> beyond = new TreeSet<>(wanted.permissions());
    beyond.removeAll(most);
    if (!beyond.isEmpty()) {
      throw Failure.of(
          Code.PERMISSION_DENIED,
          "PERMISSION_DENIED",
          "permissions: " + beyond + " (expected among " + new TreeSet<>(most) + ")");
    }
    return wanted.permissions();
  }

  private static Set<String> origins(NewKey wanted) {
    boolean widget = wanted.kind() == KeyKind.WIDGET;
    if (widget == wanted.origins().isEmpty()) {
      throw Failure.invalid(
          "origins",
          widget ? "none (expected where the widget stands)" : "given (expected for widgets only)");
    }
    return Origins.checked(wanted.origins());
  }

  /** The newest first, those before that id; an empty id means the first page. */
  public List<ApiKey> list(String organisationId, String beforeId, int size) {
    return store.list(organisationId, beforeId, size);
  }

  /**
   * Ends one: here at once, in other processes within {@link Keyring#TRUST}.
   *
   * @throws Failure KEY_NOT_FOUND
   */
  public void revoke(String organisationId, String id) {
    if (!store.revoke(organisationId, id)) {
      throw Failure.notFound("key", id);
    }
    keyring.forget();
  }

  /**
   * Makes an account, at most what its maker is.
   *
   * @throws Failure PERMISSION_DENIED
   */
  public ServiceAccount createAccount(Maker maker, ServiceAccount wanted, String requestId) {
    if (!maker.role().atLeast(wanted.role())) {
      throw Failure.of(
          Code.PERMISSION_DENIED,
          "PERMISSION_DENIED",
          "role: " + wanted.role() + " (expected at most " + maker.role() + ")");
    }
    return store.create(wanted, requestId);
  }

  /** A new account's values with an id and a time. */
  public ServiceAccount account(Maker maker, String displayName, Role role) {
    return new ServiceAccount(
        ids.get(), maker.owner().organisationId(), displayName, role, clock.instant());
  }

  /** By name. */
  public List<ServiceAccount> accounts(String organisationId) {
    return store.accounts(organisationId);
  }

  /**
   * The account that a key is for.
   *
   * @throws Failure SERVICE_ACCOUNT_NOT_FOUND; PERMISSION_DENIED for one that may more than the
   *     maker
   */
  public ServiceAccount account(Maker maker, String id) {
    ServiceAccount account =
        store.account(maker.owner().organisationId(), id).orElseThrow(() -> accountNotFound(id));
    if (!maker.role().atLeast(account.role())) {
      throw Failure.of(
          Code.PERMISSION_DENIED,
          "PERMISSION_DENIED",
          "service_account_id: one of role " + account.role() + " (yours is " + maker.role() + ")");
    }
    return account;
  }

  /**
   * Ends an account and its keys.
   *
   * @throws Failure SERVICE_ACCOUNT_NOT_FOUND
   */
  public void deleteAccount(String organisationId, String id) {
    if (!store.deleteAccount(organisationId, id)) {
      throw accountNotFound(id);
    }
    keyring.forget();
  }

  private static Failure accountNotFound(String id) {
    return Failure.of(
        Code.NOT_FOUND, "SERVICE_ACCOUNT_NOT_FOUND", "no service account with id \"" + id + "\"");
  }
}
