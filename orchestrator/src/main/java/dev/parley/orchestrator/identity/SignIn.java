package dev.parley.orchestrator.identity;

import java.time.Instant;

/**
 * Where a person is signed in: the family of refresh tokens that began with one proof.
 *
 * @param organisationId where its tokens are good
 * @param useTime when it was last refreshed
 * @param expireTime when it can no longer be refreshed
 */
public record SignIn(
    String id,
    String personId,
    String organisationId,
    String userAgent,
    Instant createTime,
    Instant useTime,
    Instant expireTime) {}
