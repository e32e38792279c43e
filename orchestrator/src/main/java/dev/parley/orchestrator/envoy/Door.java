package dev.parley.orchestrator.envoy;

import dev.parley.kit.access.Tokens;
import dev.parley.kit.failure.Failure;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who may come in, as at the embedded edge: one credential at most, a page of another origin only
 * with one, and nobody whose plan has nothing left.
 *
 * @param exchange for keys and tickets
 * @param tokens knows also those that were taken back before their end, which services do not
 * @param quota of the organisation that a credential is good for
 * @param origins pages of other origins that may call without a credential
 * @param machine whether who shows nothing is the owner of the machine, whom nothing limits
 */
public record Door(
    Exchange exchange, Tokens tokens, Quota quota, List<String> origins, boolean machine) {

  /**
   * Somebody who came in.
   *
   * @param claims what the credential says of its holder
   * @param token to be shown to services in the place of what was shown; empty where that was a
   *     token, or nothing
   */
  record Admitted(Claims claims, Optional<String> token) {}

  /**
   * Lets somebody in. What shows nothing passes as it is where that is enough.
   *
   * @throws Failure PERMISSION_DENIED, UNAUTHENTICATED, RESOURCE_EXHAUSTED
   */
  Admitted admit(Arrival arrival) {
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
    Admitted admitted = shown == 0 ? asItIs(arrival) : exchanged(arrival, keys, tickets);
    if (!admitted.claims().organisation().isEmpty()) {
      quota.admit(admitted.claims().organisation(), arrival.cost());
    }
    return admitted;
  }

  private Admitted asItIs(Arrival arrival) {
    if (arrival.header(Arrival.AUTHORIZATION).isEmpty()) {
      if (!machine && !arrival.forAnybody()) {
        throw Failure.of(
            Failure.Code.UNAUTHENTICATED,
            "UNAUTHENTICATED",
            "nobody is signed in (expected an access token or a key)");
      }
      return new Admitted(Claims.NONE, Optional.empty());
    }
    String token =
        arrival
            .bearer()
            .orElseThrow(() -> Tokens.bad("authorization: expected Bearer and a token"));
    return new Admitted(Claims.of(tokens.verify(token)), Optional.empty());
  }

  private Admitted exchanged(Arrival arrival, List<String> keys, List<String> tickets) {
    String token =
        keys.isEmpty()
            ? exchange.ticket(tickets.getFirst(), arrival)
            : exchange.key(keys.getFirst(), arrival);
    return new Admitted(Claims.of(token), Optional.of(token));
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
