package dev.parley.edge;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.file.FileService;
import com.linecorp.armeria.server.file.HttpFile;
import com.linecorp.armeria.server.file.MediaTypeResolver;
import java.util.function.Function;

/**
 * The browser app from {@code web/} on the class path, and the end of every path that nothing else
 * serves. Files whose names change with their content ({@code /assets/}) are kept by caches for a
 * year, all others are asked for again. {@code /docs} shows the calls of {@code /openapi.yaml}; any
 * other path that a person typed shows the app.
 */
final class Pages implements HttpService {
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; "
          + "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' blob: data:; "
          + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

  private static final HttpHeaders HEADERS =
      HttpHeaders.builder()
          .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
          .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
          .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
          .set("permissions-policy", "microphone=(self), camera=(), geolocation=()")
          .build();

  private static final MediaType YAML = MediaType.create("application", "yaml");
  private static final int SHORT_BYTES = 2048;

  private static final com.google.rpc.Status NO_SUCH_METHOD =
      StatusJson.of(Code.UNIMPLEMENTED, "NOT_FOUND", "no such method");

  private final HttpService files;
  private final HttpService index;
  private final HttpService docs;

  Pages(ClassLoader loader) {
    files =
        FileService.builder(loader, "web")
            .mediaTypeResolver(Pages::type)
            .build()
            .decorate(compressed());
    index = HttpFile.of(loader, "web/index.html").asService();
    docs = HttpFile.of(loader, "web/docs.html").asService();
  }

  private static MediaType type(String path, String encoding) {
    return path.endsWith(".yaml")
        ? YAML
        : MediaTypeResolver.ofDefault().guessFromPath(path, encoding);
  }

  /** Texts are a third as long over the wire; pictures and faces are compressed already. */
  private static Function<? super HttpService, EncodingService> compressed() {
    return EncodingService.builder()
        .encodableContentTypes(
            MediaType.JAVASCRIPT_UTF_8.withoutParameters(),
            MediaType.create("application", "javascript"),
            MediaType.CSS_UTF_8.withoutParameters(),
            YAML,
            MediaType.SVG_UTF_8.withoutParameters(),
            MediaType.JSON)
        .minBytesToForceChunkedEncoding(SHORT_BYTES)
        .newDecorator();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    String path = ctx.mappedPath();
    if (GrpcRefusal.fits(req.headers())) {
      return GrpcRefusal.of(req.headers(), NO_SUCH_METHOD);
    }
    if (path.startsWith("/v1/") || !reads(req.method())) {
      return Refusals.plain(HttpStatus.NOT_FOUND).toHttpResponse();
    }
    String cache = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    return shown(path, req).serve(ctx, req).mapHeaders(headers -> dressed(headers, cache));
  }

  private HttpService shown(String path, HttpRequest req) {
    if (path.equals("/docs")) {
      return docs;
    }
    boolean page = typed(path) && req.headers().get(HttpHeaderNames.ACCEPT, "").contains("html");
    return page || path.equals("/") ? index : files;
  }

  private static ResponseHeaders dressed(ResponseHeaders headers, String cache) {
    boolean found = headers.status().code() < HttpStatus.BAD_REQUEST.code();
    return headers.withMutations(
        h -> h.set(HEADERS).set(HttpHeaderNames.CACHE_CONTROL, found ? cache : "no-store"));
  }

  private static boolean reads(HttpMethod method) {
    return method == HttpMethod.GET || method == HttpMethod.HEAD;
  }

  private static boolean typed(String path) {
    return path.indexOf('.', path.lastIndexOf('/')) < 0;
  }
}
