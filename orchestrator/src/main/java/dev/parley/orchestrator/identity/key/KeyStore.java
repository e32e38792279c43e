package dev.parley.orchestrator.identity.key;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and service accounts on disk. Thread-safe; blocks.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface KeyStore {
  /**
   * Keeps a new key under the hash of its secret; one that the same holder asked for with the same
   * (non-empty) request id before is given instead.
   */
  ApiKey create(ApiKey key, String hash, String requestId);

  /** The key whose secret has that hash. */
  Optional<ApiKey> byHash(String hash);

  /** The newest first, those before that id; an empty id means the first page. */
  List<ApiKey> list(String organisationId, String beforeId, int size);

  /** Ends one; whether there was one. */
  boolean revoke(String organisationId, String id);

  /** Sets when keys were last used, by id; earlier times than those kept change nothing. */
  void used(Map<String, Instant> times);

  /** Keeps a new account; one with the same (non-empty) request id is given instead. */
  ServiceAccount create(ServiceAccount account, String requestId);

  /** By name. */
  List<ServiceAccount> accounts(String organisationId);

  /** One of the organisation. */
  Optional<ServiceAccount> account(String organisationId, String id);

  /** Ends one with its keys; whether there was one. */
  boolean deleteAccount(String organisationId, String id);

  /** Ends all keys of a person; how many. */
  int deleteOf(Owner person);
}
