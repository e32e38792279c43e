package dev.parley.orchestrator.identity.key;

import dev.parley.orchestrator.identity.Role;
import java.time.Instant;

/**
 * A program with a role of its own.
 *
 * @param id a UUIDv7
 */
public record ServiceAccount(
    String id, String organisationId, String displayName, Role role, Instant createTime) {}
