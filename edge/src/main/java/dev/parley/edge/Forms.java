package dev.parley.edge;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses what libraries below would answer in ways of their own: paths of gRPC methods called as
 * something else, bodies of no type, and {@code OPTIONS} that is no preflight.
 */
final class Forms implements DecoratingHttpServiceFunction {
  private static final Pattern METHOD = Pattern.compile("/[a-z0-9_.]+\\.[A-Z]\\w*/\\w+");
  private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PATCH);
  private static final com.google.rpc.Status UNTYPED =
      StatusJson.of(
          Code.INVALID_ARGUMENT,
          "INVALID_ARGUMENT",
          "content-type: missing (expected application/json, or audio where audio is taken)");

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    boolean grpc = GrpcRefusal.fits(req.headers());
    boolean called = METHOD.matcher(ctx.path()).matches();
    if (called && !grpc || req.method() == HttpMethod.OPTIONS && !isPreflight(req)) {
      return Refusals.plain(HttpStatus.NOT_FOUND).toHttpResponse();
    }
    if (!grpc && WITH_BODY.contains(req.method()) && req.contentType() == null) {
      return StatusJson.response(UNTYPED);
    }
    return delegate.serve(ctx, req);
  }

  private static boolean isPreflight(HttpRequest req) {
    return req.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }
}
