package dev.parley.orchestrator.identity.key;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys in memory; counts how often it was asked for one by its secret. */
public final class InMemoryKeyStore implements KeyStore {
  private record Kept(ApiKey key, String hash, String requestId) {}

  private record Account(ServiceAccount account, String requestId) {}

  private final List<Kept> keys = new ArrayList<>();
  private final List<Account> accounts = new ArrayList<>();
  private int asked;

  int asked() {
    return asked;
  }

  @Override
  public synchronized ApiKey create(ApiKey key, String hash, String requestId) {
    Optional<Kept> earlier =
        keys.stream()
            .filter(it -> !requestId.isEmpty() && it.requestId().equals(requestId))
            .filter(it -> it.key().organisationId().equals(key.organisationId()))
            .filter(it -> it.key().holderId().equals(key.holderId()))
            .findFirst();
    earlier.ifPresentOrElse(_ -> {}, () -> keys.add(new Kept(key, hash, requestId)));
    return earlier.map(Kept::key).orElse(key);
  }

  @Override
  public synchronized Optional<ApiKey> byHash(String hash) {
    asked++;
    return keys.stream().filter(it -> it.hash().equals(hash)).map(Kept::key).findFirst();
  }

  @Override
  public synchronized List<ApiKey> list(String organisationId, String beforeId, int size) {
    return keys.stream()
        .map(Kept::key)
        .filter(it -> it.organisationId().equals(organisationId))
        .filter(it -> beforeId.isEmpty() || it.id().compareTo(beforeId) < 0)
        .sorted(Comparator.comparing(ApiKey::id).reversed())
        .limit(size)
        .toList();
  }

  @Override
  public synchronized boolean revoke(String organisationId, String id) {
    return keys.removeIf(
        it -> it.key().organisationId().equals(organisationId) && it.key().id().equals(id));
  }

  @Override
  public synchronized void used(Map<String, Instant> times) {
    keys.replaceAll(it -> {
      Instant time = times.get(it.key().id());
      ApiKey key = it.key();
      boolean later = time != null && key.useTime().map(time::isAfter).orElse(true);
      return later ? new Kept(at(key, time), it.hash(), it.requestId()) : it;
    });
  }

  private static ApiKey at(ApiKey it, Instant time) {
    return new ApiKey(
        it.id(),
        it.organisationId(),
        it.holderId(),
        it.serviceAccount(),
        it.displayName(),
        it.prefix(),
        it.kind(),
        it.permissions(),
        it.origins(),
        it.characterIds(),
        it.expireTime(),
        Optional.of(time),
        it.createTime());
  }

  @Override
  public synchronized ServiceAccount create(ServiceAccount account, String requestId) {
    Optional<ServiceAccount> earlier =
        accounts.stream()
            .filter(it -> !requestId.isEmpty() && it.requestId().equals(requestId))
            .map(Account::account)
            .filter(it -> it.organisationId().equals(account.organisationId()))
            .findFirst();
    if (earlier.isEmpty()) {
      accounts.add(new Account(account, requestId));
    }
    return earlier.orElse(account);
  }

  @Override
  public synchronized List<ServiceAccount> accounts(String organisationId) {
    return accounts.stream()
        .map(Account::account)
        .filter(it -> it.organisationId().equals(organisationId))
        .sorted(Comparator.comparing(ServiceAccount::displayName))
        .toList();
  }

  @Override
  public synchronized Optional<ServiceAccount> account(String organisationId, String id) {
    return accounts(organisationId).stream().filter(it -> it.id().equals(id)).findFirst();
  }

  @Override
  public synchronized boolean deleteAccount(String organisationId, String id) {
    boolean was = account(organisationId, id).isPresent();
    accounts.removeIf(it -> was && it.account().id().equals(id));
    if (was) {
      deleteOf(new Owner(organisationId, id));
    }
    return was;
  }

  @Override
  public synchronized int deleteOf(Owner person) {
    int before = keys.size();
    keys.removeIf(it -> new Owner(it.key().organisationId(), it.key().holderId()).equals(person));
    return before - keys.size();
  }
}
