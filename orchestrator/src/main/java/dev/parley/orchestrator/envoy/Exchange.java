package dev.parley.orchestrator.envoy;

import dev.parley.kit.failure.Failure;

/**
 * Makes a short-lived access token of a key or a ticket, so that services see tokens only. Called
 * by many threads at once; may block.
 */
public interface Exchange {
  /** Nothing is good. */
  Exchange NONE = new NoExchange();

  /**
   * Who somebody proved to be.
   *
   * @param token for the services
   * @param subject whose limits hold
   * @param credential the key, whose limits hold too
   */
  record Proved(String token, String subject, String credential) {}

  /**
   * What a key opens.
   *
   * @throws Failure UNAUTHENTICATED with TOKEN_INVALID when it opens nothing; RESOURCE_EXHAUSTED
   *     with QUOTA_EXCEEDED when its plan allows no more
   */
  Proved key(String secret, Arrival arrival);

  /**
   * What a ticket opens; it is used up with that.
   *
   * @throws Failure as of keys
   */
  Proved ticket(String ticket, Arrival arrival);
}
