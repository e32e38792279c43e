package dev.parley.orchestrator.envoy;

import dev.parley.orchestrator.identity.usage.Cost;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as it came to the proxy. Never shows its credentials in a log.
 *
 * @param path of the gRPC method, or of a route served by hand
 * @param rest whether the client reads errors as JSON
 * @param headers with names in lower case
 * @param address of the client
 * @param cost what it counts as
 * @param forAnybody whether it may come without an identity; of what no contract knows, the service
 *     behind decides
 */
public record Arrival(
    String path,
    boolean rest,
    Map<String, String> headers,
    String address,
    Cost cost,
    boolean forAnybody) {
  /** What the ticket of a WebSocket begins with among its subprotocols. */
  static final String TICKET = "parley.ticket.";

  static final String PROTOCOLS = "sec-websocket-protocol";
  static final String API_KEY = "x-api-key";
  static final String AUTHORIZATION = "authorization";
  private static final String VISITOR = "x-parley-visitor";
  private static final String BEARER = "bearer ";
  private static final List<String> KEYS = List.of("pk_", "pw_");

  /** Copies the headers. */
  public Arrival {
    headers = Map.copyOf(headers);
  }

  /** A header; empty when it was not sent. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The page that calls, as {@code https://shop.example}; empty of a program. */
  public String origin() {
    return header("origin");
  }

  /** The name under which it came, in lower case. */
  public String host() {
    return header(":authority").toLowerCase(Locale.ROOT);
  }

  /** What a page calls its visitor by; empty when it does not say. */
  public String visitor() {
    return header(VISITOR);
  }

  /** What it bears, a token or a key. */
  Optional<String> bearer() {
    return Optional.of(header(AUTHORIZATION))
        .filter(it -> it.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(it -> it.substring(BEARER.length()).strip());
  }

  /** The keys that it shows. */
  public List<String> keys() {
    Optional<String> bearer = bearer().filter(it -> KEYS.stream().anyMatch(it::startsWith));
    Optional<String> own = Optional.of(header(API_KEY)).filter(it -> !it.isEmpty());
    return Stream.concat(own.stream(), bearer.stream()).toList();
  }

  /** The tickets that it shows. */
  public List<String> tickets() {
    return protocols()
        .filter(it -> it.startsWith(TICKET))
        .map(it -> it.substring(TICKET.length()))
        .toList();
  }

  /** Its other subprotocols, as they are offered. */
  public String otherProtocols() {
    return String.join(", ", protocols().filter(it -> !it.startsWith(TICKET)).toList());
  }

  /** Whether it shows anything at all. */
  public boolean shows() {
    return !header(AUTHORIZATION).isEmpty() || !header(API_KEY).isEmpty() || !tickets().isEmpty();
  }

  private Stream<String> protocols() {
    return Arrays.stream(header(PROTOCOLS).split(","))
        .map(String::strip)
        .filter(it -> !it.isEmpty());
  }

  @Override
  public String toString() {
    return path + " from " + address;
  }
}
