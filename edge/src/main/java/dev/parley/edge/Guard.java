package dev.parley.edge;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Lets in who may come, and gives every request an id. A name that is not ours in {@code Host} is a
 * rebound one (DNS rebinding); a page of another origin is a foreign one. Both get 403. A foreign
 * page that shows a credential comes in: it is judged by that alone, and has no other rights.
 *
 * @param hosts names by which this server may be called, without port; empty lets in any
 * @param origins pages of other origins that may call, as {@code https://example.org}
 * @param keys whether credentials are good here
 */
record Guard(Set<String> hosts, Set<String> origins, boolean keys)
    implements DecoratingHttpServiceFunction {
  /** Names of this machine for itself. */
  static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    String given = req.headers().get(Passing.REQUEST_ID, "");
    String id = ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
    ctx.setAdditionalResponseHeader(Passing.REQUEST_ID, id);
    String host = Optional.ofNullable(req.authority()).orElse("").toLowerCase(Locale.ROOT);
    if (!hosts.isEmpty() && !hosts.contains(nameOf(host))) {
      return refuse(req, "this server is not called " + nameOf(host));
    }
    Optional<String> origin = Optional.ofNullable(req.headers().get(HttpHeaderNames.ORIGIN));
    boolean proved = keys && Shown.any(req.headers());
    if (origin.isPresent() && !proved && !allowed(origin.get(), host)) {
      return refuse(req, "pages of " + origin.get() + " may not call this server");
    }
    String address = Credentials.address(ctx);
    HttpRequest named =
        req.mapHeaders(
            h -> h.withMutations(m -> m.set(Passing.REQUEST_ID, id).set(Passing.ADDRESS, address)));
    ctx.updateRequest(named);
    return delegate.serve(ctx, named);
  }

  private boolean allowed(String origin, String host) {
    if (origins.contains(origin)) {
      return true;
    }
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.toLowerCase(Locale.ROOT).equals(host);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static String nameOf(String host) {
    return host.replaceFirst(":\\d+$", "");
  }

  private static HttpResponse refuse(HttpRequest req, String message) {
    return Refusals.answer(
        req.headers(), StatusJson.of(Code.PERMISSION_DENIED, "FORBIDDEN", message));
  }
}
