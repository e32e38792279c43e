package dev.parley.orchestrator.identity.key;

import dev.parley.orchestrator.identity.Authenticator;
import dev.parley.orchestrator.identity.Identity;
import java.util.Optional;

/** Tells callers by their keys and tickets. Thread-safe. */
public record KeysAndTickets(Keyring keyring, Tickets tickets) implements Authenticator {
  @Override
  public Optional<Identity> byKey(String secret, String origin, String visitor) {
    return keyring.find(secret, origin, visitor);
  }

  @Override
  public Optional<Identity> byTicket(String ticket) {
    return tickets.redeem(ticket);
  }
}
