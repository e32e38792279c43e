package dev.parley.edge;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a client shows that is no access token.
 *
 * @param kind what it is
 * @param secret the key or the ticket
 * @param origin of the page that calls, as {@code https://shop.example}; empty of a program
 * @param visitor by which a page tells its visitors apart, made up by the page; empty when not said
 * @param address of the client
 */
public record Shown(Kind kind, String secret, String origin, String visitor, String address) {
  /** What may be shown. */
  public enum Kind {
    /** An API key, in {@code x-api-key} or as a bearer token. */
    KEY,
    /** A ticket for one WebSocket, in its subprotocol. */
    TICKET
  }

  /** What keys begin with: those of programs, and those of pages. */
  private static final List<String> KEYS = List.of("pk_", "pw_");

  static final String TICKET = "parley.ticket.";
  static final String API_KEY = "x-api-key";
  static final String VISITOR = "x-parley-visitor";

  private static final String BEARER = "bearer ";

  @Override
  public String toString() {
    return kind + " from " + origin;
  }

  /** All of them in a request, whichever way they came. */
  static List<Shown> in(RequestHeaders headers, String address) {
    String origin = headers.get(HttpHeaderNames.ORIGIN, "");
    String visitor = headers.get(VISITOR, "");
    List<Shown> shown = new ArrayList<>();
    headers
        .getAll(API_KEY)
        .forEach(it -> shown.add(new Shown(Kind.KEY, it, origin, visitor, address)));
    headers.getAll(HttpHeaderNames.AUTHORIZATION).stream()
        .flatMap(it -> key(it).stream())
        .forEach(it -> shown.add(new Shown(Kind.KEY, it, origin, visitor, address)));
    protocols(headers)
        .filter(it -> it.startsWith(TICKET))
        .map(it -> it.substring(TICKET.length()))
        .forEach(it -> shown.add(new Shown(Kind.TICKET, it, origin, visitor, address)));
    return shown;
  }

  /** Whether a request shows anything at all, be it a token. */
  static boolean any(RequestHeaders headers) {
    return headers.contains(HttpHeaderNames.AUTHORIZATION)
        || headers.contains(API_KEY)
        || protocols(headers).anyMatch(it -> it.startsWith(TICKET));
  }

  /** The request as a service may see it: with the token in the place of what was shown. */
  static RequestHeaders replaced(RequestHeaders headers, String token) {
    RequestHeadersBuilder changed = headers.toBuilder();
    changed.remove(API_KEY);
    changed.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
    String left =
        String.join(
            ", ", protocols(headers).filter(Predicate.not(it -> it.startsWith(TICKET))).toList());
    if (left.isEmpty()) {
      changed.remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    } else {
      changed.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, left);
    }
    return changed.build();
  }

  private static Optional<String> key(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    return Optional.of(authorization.substring(BEARER.length()).strip())
        .filter(it -> KEYS.stream().anyMatch(it::startsWith));
  }

  private static Stream<String> protocols(RequestHeaders headers) {
    return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
        .flatMap(it -> Arrays.stream(it.split(",")))
        .map(String::strip);
  }
}
