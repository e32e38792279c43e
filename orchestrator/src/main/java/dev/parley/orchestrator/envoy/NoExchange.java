package dev.parley.orchestrator.envoy;

import dev.parley.kit.failure.Failure;

/** Where no keys and no tickets were given out. */
final class NoExchange implements Exchange {
  @Override
  public Proved key(String secret, Arrival arrival) {
    throw none();
  }

  @Override
  public Proved ticket(String ticket, Arrival arrival) {
    throw none();
  }

  private static Failure none() {
    return Failure.of(Failure.Code.UNAUTHENTICATED, "TOKEN_INVALID", "this server takes no keys");
  }
}
