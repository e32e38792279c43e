package dev.parley.orchestrator.envoy;

import dev.parley.kit.failure.Failure;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who may come in, as at the embedded edge: one credential at most, and a page of another origin
 * only with one.
 *
 * @param exchange for keys and tickets
 * @param origins pages of other origins that may call without a credential
 * @param machine whether who shows nothing is the owner of the machine, whom nothing limits
 */
public record Door(Exchange exchange, List<String> origins, boolean machine) {

  /**
   * Lets somebody in, with that token; empty when the request may pass as it is, because it shows
   * nothing, or a token, which services verify.
   *
   * @throws Failure PERMISSION_DENIED, UNAUTHENTICATED, RESOURCE_EXHAUSTED
   */
  public Optional<String> admit(Arrival arrival) {
    String origin = arrival.origin();
    if (!origin.isEmpty() && !arrival.shows() && !allowed(origin, arrival.host())) {
      throw Failure.of(
          Failure.Code.PERMISSION_DENIED,
          "FORBIDDEN",
          "pages of " + origin + " may not call this server");
    }
    List<String> keys = arrival.keys();
    List<String> tickets = arrival.tickets();
    boolean token = !arrival.header(Arrival.AUTHORIZATION).isEmpty();
    int shown = keys.size() + tickets.size();
    if (shown > 1 || shown == 1 && token && !isBearer(keys, arrival)) {
      throw Failure.of(
          Failure.Code.UNAUTHENTICATED, "TOKEN_INVALID", "more than one credential (expected one)");
    }
    return shown == 0
        ? Optional.empty()
        : Optional.of(
            keys.isEmpty()
                ? exchange.ticket(tickets.getFirst(), arrival)
                : exchange.key(keys.getFirst(), arrival));
  }

  private static boolean isBearer(List<String> keys, Arrival arrival) {
    return !keys.isEmpty() && arrival.header(Arrival.AUTHORIZATION).endsWith(keys.getFirst());
  }

  private boolean allowed(String origin, String host) {
    if (origins.contains(origin)) {
      return true;
    }
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
