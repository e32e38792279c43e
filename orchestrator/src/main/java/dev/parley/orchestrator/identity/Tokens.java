package dev.parley.orchestrator.identity;

import java.time.Instant;

/** Proof of who somebody is, for a while. */
public record Tokens(
    String accessToken,
    Instant accessExpireTime,
    String refreshToken,
    Instant refreshExpireTime,
    Person person,
    Organisation organisation,
    Role role) {}
