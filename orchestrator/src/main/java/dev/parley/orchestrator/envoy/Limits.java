package dev.parley.orchestrator.envoy;

import java.time.Duration;

/** What may be done how often, the same for all replicas. Called by many threads; may block. */
@FunctionalInterface
public interface Limits {
  /** Whatever it is, as often as one likes. */
  Limits NONE = (kind, cost, who, hits) -> Left.UNLIMITED;

  /**
   * What is left of a limit.
   *
   * @param allowed whether this call is within it
   * @param limit of calls in the window; 0 where there is none
   * @param remaining calls in the window
   * @param reset until the window is whole again
   */
  record Left(boolean allowed, long limit, long remaining, Duration reset) {
    /** No limit holds. */
    public static final Left UNLIMITED = new Left(true, 0, 0, Duration.ZERO);
  }

  /**
   * Takes some of it.
   *
   * @param kind {@code remote_address}, {@code subject} or {@code credential}
   * @param cost what the call counts as, as in {@code sign_in}; empty where nothing is declared
   * @param who the address, person or key
   */
  Left take(String kind, String cost, String who, int hits);
}
