package dev.parley.orchestrator.identity.key;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key that is asked for.
 *
 * @param permissions empty for all that the holder may
 * @param origins for a widget only, and needed there
 * @param serviceAccountId empty for the caller's own
 * @param requestId empty when the call is not to be repeated
 */
public record NewKey(
    String displayName,
    KeyKind kind,
    Set<String> permissions,
    Set<String> origins,
    Set<String> characterIds,
    Optional<Instant> expireTime,
    String serviceAccountId,
    String requestId) {}
