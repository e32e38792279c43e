package dev.parley.orchestrator.envoy;

import dev.parley.kit.failure.Failure;

/** Where no keys and no tickets were given out. */
final class NoExchange implements Exchange {
  @Override
  public String key(String secret, Arrival arrival) {
    throw none();
  }

  @Override
  public String ticket(String ticket, Arrival arrival) {
    throw none();
  }

  private static Failure none() {
    return Failure.of(Failure.Code.UNAUTHENTICATED, "TOKEN_INVALID", "this server takes no keys");
  }
}
