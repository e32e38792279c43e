package dev.parley.orchestrator.identity;

import java.time.Instant;

/** Somebody asked to join an organisation, who may until it expires. */
public record Invitation(
    String id,
    String organisationId,
    String email,
    Role role,
    Instant expireTime,
    Instant createTime) {}
