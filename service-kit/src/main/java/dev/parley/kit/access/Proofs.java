package dev.parley.kit.access;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Identity;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client shows: one access token or one key. A bad one is refused, and never read as none.
 */
final class Proofs {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

  private static final String BEARER = "bearer ";

  private Proofs() {}

  /**
   * Who shows that.
   *
   * @throws Failure UNAUTHENTICATED with TOKEN_INVALID when it opens nothing
   */
  static Identity read(Gate gate, Metadata headers) {
    List<String> shown = shown(headers);
    if (shown.isEmpty()) {
      return gate.unproven();
    }
    if (shown.size() > 1) {
      throw Tokens.bad("more than one credential (expected one)");
    }
    String one = shown.getFirst();
    return one.startsWith(Keys.PREFIX) ? gate.keys().open(one) : gate.tokens().verify(one);
  }

  private static List<String> shown(Metadata headers) {
    List<String> shown = new ArrayList<>();
    all(headers, AUTHORIZATION).forEach(it -> shown.add(bearer(it)));
    all(headers, API_KEY).forEach(it -> shown.add(key(it)));
    return shown;
  }

  private static Iterable<String> all(Metadata headers, Metadata.Key<String> key) {
    Iterable<String> values = headers.getAll(key);
    return values == null ? List.of() : values;
  }

  private static String bearer(String header) {
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Tokens.bad("authorization: expected Bearer and a token");
    }
    return header.substring(BEARER.length()).strip();
  }

  private static String key(String header) {
    if (!header.startsWith(Keys.PREFIX)) {
      throw Tokens.bad("x-api-key: expected a key that begins with " + Keys.PREFIX);
    }
    return header;
  }
}
