package dev.parley.edge;

import io.grpc.StatusRuntimeException;

/** Makes a short-lived access token of what a client shows, so that services see tokens only. */
@FunctionalInterface
public interface Exchange {
  /** Takes nothing. */
  Exchange NONE =
      shown -> {
        throw Refusals.unauthenticated("this server takes no keys");
      };

  /**
   * The token. May block; called by many threads at once.
   *
   * @throws StatusRuntimeException UNAUTHENTICATED when it opens nothing, PERMISSION_DENIED when it
   *     is good but not from there, RESOURCE_EXHAUSTED when a limit is reached
   */
  String token(Shown shown);
}
