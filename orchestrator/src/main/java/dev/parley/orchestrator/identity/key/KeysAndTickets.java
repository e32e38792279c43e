package dev.parley.orchestrator.identity.key;

import dev.parley.orchestrator.identity.Authenticator;
import dev.parley.orchestrator.identity.Identity;
import java.util.Optional;

/**
 * Tells callers by their keys and tickets. Thread-safe.
 *
 * @param refusals is told of tickets that open nothing, as the keyring is told of keys
 */
public record KeysAndTickets(Keyring keyring, Tickets tickets, Refusals refusals)
    implements Authenticator {
  @Override
  public Optional<Identity> byKey(String secret, String origin, String visitor) {
    return keyring.find(secret, origin, visitor);
  }

  @Override
  public Optional<Identity> byTicket(String ticket) {
    Optional<Identity> whose = tickets.redeem(ticket);
    if (whose.isEmpty()) {
      refusals.ticket();
    }
    return whose;
  }
}
