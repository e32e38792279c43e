package dev.parley.edge;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.RouteBuilder;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.cors.CorsService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.PrivacyServiceGrpc;
import dev.parley.conversation.v1.TurnMedia;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.render.v1.AvatarPart;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.speech.v1.SpeechServiceGrpc;
import io.grpc.Channel;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.HashSet;
import java.util.Set;

/**
 * All routes in the order that decides between them: what is served by hand comes before the
 * transcoded calls, because {@code /v1/turns/{id}} would take {@code /v1/turns/x:verb} as an id.
 */
final class Routes {
  private static final MediaType AUDIO = MediaType.create("audio", "*");

  private final ServerBuilder server;

  private Routes(ServerBuilder server) {
    this.server = server;
  }

  static void add(
      ServerBuilder server, EdgeBuilder settings, Upstreams upstreams, OpenStreams open) {
    Routes routes = new Routes(server);
    routes.get("^/healthz$", Health.of(settings.alive, upstreams.executor()));
    routes.get("^/readyz$", Health.of(settings.ready, upstreams.executor()));
    upstreams
        .to(ConversationServiceGrpc.getServiceDescriptor())
        .ifPresent(channel -> routes.conversation(channel, open));
    upstreams
        .to(RenderServiceGrpc.getServiceDescriptor())
        .ifPresent(channel -> {
          routes.get(
              "^/v1/avatars/(?<id>[^/]+)/model$",
              Downloads.avatar(channel, AvatarPart.AVATAR_PART_MODEL));
          routes.get(
              "^/v1/avatars/(?<id>[^/]+)/picture$",
              Downloads.avatar(channel, AvatarPart.AVATAR_PART_PICTURE));
        });
    upstreams
        .to(SpeechServiceGrpc.getServiceDescriptor())
        .ifPresent(channel -> routes.audio("^/v1/speech:recognize$", Uploads.recognize(channel)));
    upstreams
        .to(DocumentServiceGrpc.getServiceDescriptor())
        .ifPresent(channel -> routes.documents(channel, open));
    upstreams
        .to(RecollectionServiceGrpc.getServiceDescriptor())
        .ifPresent(channel -> routes.get("^/v1/memories:export$", Exports.memories(channel)));
    upstreams
        .to(PrivacyServiceGrpc.getServiceDescriptor())
        .ifPresent(channel -> routes.get("^/v1/me:export$", Exports.me(channel)));
    server.service(grpc(upstreams, settings));
    server.serviceUnder("/", new Pages(settings.pages));
    server.decorator(new Forms());
    server.decorator(
        new Credentials(settings.exchange.orElse(Exchange.NONE), upstreams.executor()));
    server.decorator(guard(settings));
    if (!settings.origins.isEmpty() || settings.exchange.isPresent()) {
      server.decorator(cors(settings));
    }
  }

  private void conversation(Channel channel, OpenStreams open) {
    get("^/v1/sessions/(?<id>[^/:]+):subscribe$", new SubscribeRoute(channel, open));
    server.service(
        Route.builder().exact("/v1/sessions:connect").build(), ConnectRoute.over(channel, open));
    get("^/v1/turns/(?<id>[^/]+)/audio$", turn(channel, TurnMedia.TURN_MEDIA_AUDIO));
    get("^/v1/turns/(?<id>[^/]+)/video$", turn(channel, TurnMedia.TURN_MEDIA_VIDEO));
    get("^/v1/turns/(?<id>[^/]+)/captions$", turn(channel, TurnMedia.TURN_MEDIA_CAPTIONS));
    audio("^/v1/characters/(?<id>[^/:]+):respond$", Uploads.respond(channel));
  }

  private void documents(Channel channel, OpenStreams open) {
    server
        .route()
        .addRoute(route("^/v1/documents$").methods(HttpMethod.POST).build())
        .maxRequestLength(FileRoute.MAX_BYTES)
        .build(new FileRoute(channel));
    get("^/v1/documents/(?<id>[^/:]+):watch$", new WatchRoute(channel, open));
    get("^/v1/documents/(?<id>[^/]+)/file$", Downloads.document(channel));
    get("^/v1/documents/(?<id>[^/]+)/pages/(?<page>\\d{1,9})/image$", new PictureRoute(channel));
  }

  private static HttpService turn(Channel channel, TurnMedia media) {
    return Downloads.turn(channel, media);
  }

  private void get(String regex, HttpService service) {
    server.service(route(regex).methods(HttpMethod.GET, HttpMethod.HEAD).build(), service);
  }

  private void audio(String regex, HttpService service) {
    server.service(route(regex).methods(HttpMethod.POST).consumes(AUDIO).build(), service);
  }

  private static RouteBuilder route(String regex) {
    return Route.builder().regex(regex);
  }

  /** On loopback tools may ask what is served; elsewhere they bring the contracts with them. */
  private static GrpcService grpc(Upstreams upstreams, EdgeBuilder settings) {
    GrpcServiceBuilder builder =
        GrpcService.builder()
            .enableUnframedRequests(false)
            .maxRequestMessageLength(Edge.MAX_REQUEST_BYTES)
            .jsonMarshallerFactory(service -> new StrictJson())
            .exceptionHandler(Refusals::inCall)
            .enableHttpJsonTranscoding(
                HttpJsonTranscodingOptions.builder()
                    .queryParamMatchRules(
                        HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD,
                        HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE)
                    .errorHandler(Refusals::transcoded)
                    .build());
    upstreams
        .all()
        .forEach((service, channel) -> builder.addService(Passthrough.over(service, channel)));
    if (settings.address.getAddress().isLoopbackAddress()) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    return builder.build();
  }

  private static Guard guard(EdgeBuilder settings) {
    Set<String> hosts = new HashSet<>(settings.hosts);
    if (settings.address.getAddress().isLoopbackAddress() || !hosts.isEmpty()) {
      hosts.addAll(Guard.LOOPBACK);
    }
    return new Guard(
        settings.named ? Set.copyOf(hosts) : Set.of(),
        Set.copyOf(settings.origins),
        settings.exchange.isPresent());
  }

  private static java.util.function.Function<? super HttpService, CorsService> cors(
      EdgeBuilder settings) {
    // A page whose origin is not listed may ask first, and is judged by the key that it then shows.
    return CorsService.builder(
            (String it) -> settings.exchange.isPresent() || settings.origins.contains(it))
        .maxAge(600)
        .allowRequestMethods(
            HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE, HttpMethod.HEAD)
        .allowRequestHeaders(
            "content-type",
            "x-grpc-web",
            "x-user-agent",
            "grpc-timeout",
            "last-event-id",
            "authorization",
            Shown.API_KEY,
            Shown.VISITOR,
            "range",
            "x-request-id")
        .exposeHeaders(
            "grpc-status",
            "grpc-message",
            "grpc-status-details-bin",
            "x-request-id",
            "www-authenticate",
            "content-range",
            "etag")
        .newDecorator();
  }
}
