package dev.parley.edge;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges a key or a ticket for an access token before anything else sees the request. Access
 * tokens pass as they are: services verify them. A request shows one credential at most.
 *
 * @param exchange makes the token
 * @param executor where that may block
 */
record Credentials(Exchange exchange, Executor executor) implements DecoratingHttpServiceFunction {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    List<Shown> shown = Shown.in(req.headers(), address(ctx));
    if (shown.isEmpty()) {
      return delegate.serve(ctx, req);
    }
    boolean also = shown.size() > 1 || isBesideToken(req.headers(), shown.getFirst());
    if (also) {
      return refused(req, Refusals.unauthenticated("more than one credential (expected one)"));
    }
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> exchange.token(shown.getFirst()), executor)
            .handleAsync(
                (token, thrown) ->
                    thrown == null ? passed(delegate, ctx, req, token) : refused(req, thrown),
                ctx.eventLoop()));
  }

  private static HttpResponse passed(
      HttpService delegate, ServiceRequestContext ctx, HttpRequest req, String token) {
    HttpRequest proved = req.withHeaders(Shown.replaced(req.headers(), token));
    ctx.updateRequest(proved);
    try {
      return delegate.serve(ctx, proved);
    } catch (Exception e) {
      return HttpResponse.ofFailure(e);
    }
  }

  /** A key or ticket in a header of its own, and an authorization that is something else. */
  private static boolean isBesideToken(RequestHeaders headers, Shown shown) {
    return headers.getAll(HttpHeaderNames.AUTHORIZATION).stream()
        .anyMatch(it -> !it.endsWith(shown.secret()));
  }

  private static HttpResponse refused(HttpRequest req, Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    req.abort();
    if (cause instanceof StatusRuntimeException status) {
      Metadata trailers = status.getTrailers();
      return Refusals.answer(
          req.headers(),
          StatusJson.of(status.getStatus(), trailers == null ? new Metadata() : trailers));
    }
    LOG.warn("a credential could not be exchanged", cause);
    return Refusals.answer(
        req.headers(),
        StatusJson.of(
            com.google.rpc.Code.UNAVAILABLE, "UNAVAILABLE", "keys cannot be read now; try again"));
  }

  /** The client's address; empty where it has none. */
  static String address(ServiceRequestContext ctx) {
    InetSocketAddress remote = ctx.remoteAddress();
    return remote.getAddress() == null ? "" : remote.getAddress().getHostAddress();
  }
}
