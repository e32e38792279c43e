package dev.parley.orchestrator.envoy;

import dev.parley.kit.failure.Failure;

/**
 * Makes a short-lived access token of a key or a ticket, so that services see tokens only. Called
 * by many threads at once; may block.
 */
public interface Exchange {
  /**
   * What a key opens.
   *
   * @throws Failure UNAUTHENTICATED with TOKEN_INVALID when it opens nothing
   */
  String key(String secret, Arrival arrival);

  /**
   * What a ticket opens; it is used up with that.
   *
   * @throws Failure as of keys
   */
  String ticket(String ticket, Arrival arrival);
}
