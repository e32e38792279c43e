package dev.parley.orchestrator.identity.key;

import dev.parley.kit.failure.Failure;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Origins of pages (RFC 6454): scheme, host and port as browsers send them. */
final class Origins {
  private Origins() {}

  /**
   * As browsers write them.
   *
   * @throws Failure INVALID_ARGUMENT for what no page can have
   */
  static Set<String> checked(Set<String> origins) {
    return origins.stream().map(Origins::checked).collect(Collectors.toUnmodifiableSet());
  }

  private static String checked(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    try {
      URI uri = URI.create(lower);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean bare = web && uri.getHost() != null && lower.equals(of(uri));
      if (bare) {
        return lower.replaceFirst("^(https://.*):443$|^(http://.*):80$", "$1$2");
      }
    } catch (IllegalArgumentException malformed) {
      // told below
    }
    throw Failure.invalid("origins", origin + " (expected one like https://shop.example)");
  }

  private static String of(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
