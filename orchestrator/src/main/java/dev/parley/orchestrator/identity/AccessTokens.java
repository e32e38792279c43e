package dev.parley.orchestrator.identity;

import java.time.Instant;

/** Signs access tokens. Safe for threads. */
public interface AccessTokens {
  /** A token and when it ends. */
  record Signed(String token, Instant expireTime) {}

  /** Signs what is granted, from now on. */
  Signed sign(Grant grant);
}
