package dev.parley.orchestrator.identity.key;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key without its secret.
 *
 * @param id a UUIDv7
 * @param holderId the person or service account that holds it
 * @param serviceAccount whether a service account holds it
 * @param prefix its beginning
 * @param permissions at most what its holder may; empty for all of that
 * @param origins of pages, for a widget; empty otherwise
 * @param characterIds whom it may talk to; empty for all
 * @param expireTime empty for never
 * @param useTime to the minute; empty for never
 */
public record ApiKey(
    String id,
    String organisationId,
    String holderId,
    boolean serviceAccount,
    String displayName,
    String prefix,
    KeyKind kind,
    Set<String> permissions,
    Set<String> origins,
    Set<String> characterIds,
    Optional<Instant> expireTime,
    Optional<Instant> useTime,
    Instant createTime) {

  /** Copies the sets. */
  public ApiKey {
    permissions = Set.copyOf(permissions);
    origins = Set.copyOf(origins);
    characterIds = Set.copyOf(characterIds);
  }

  /** Whether it is good at that time, called from a page of that origin (empty: from no page). */
  public boolean goodAt(Instant now, String origin) {
    boolean there = kind == KeyKind.SECRET || origins.contains(origin);
    return there && !hasEnded(now);
  }

  /** Whether its time is over. */
  boolean hasEnded(Instant now) {
    return expireTime.map(it -> !now.isBefore(it)).orElse(false);
  }
}
