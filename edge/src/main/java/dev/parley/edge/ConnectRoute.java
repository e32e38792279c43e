package dev.parley.edge;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.websocket.WebSocketService;
import com.linecorp.armeria.server.websocket.WebSocketServiceHandler;
import io.grpc.Channel;
import java.util.Optional;

/**
 * {@code /v1/sessions:connect}: one {@code ClientEvent} a frame in, one {@code ServerEvent} a frame
 * out. Binary frames are protobuf; a client whose first frame is text speaks JSON and is answered
 * in it.
 */
final class ConnectRoute implements WebSocketServiceHandler {
  static final String SUBPROTOCOL = "parley.v1";

  /** Largest frame in bytes: 64 KiB of audio in base64 with room to spare. */
  private static final int MAX_FRAME_BYTES = 256 << 10;

  private final Channel conversation;
  private final OpenStreams open;

  private ConnectRoute(Channel conversation, OpenStreams open) {
    this.conversation = conversation;
    this.open = open;
  }

  /**
   * The origin is checked before, by {@link Guard}, for this route as for all. Programs send none;
   * the library wants one, so they get our own.
   */
  static HttpService over(Channel conversation, OpenStreams open) {
    return service(conversation, open)
        .decorate((delegate, ctx, req) -> {
          if (!upgrades(req.headers())) {
            return StatusJson.response(
                StatusJson.of(
                    Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", "upgrade: expected websocket"));
          }
          HttpRequest named =
              req.headers().contains(HttpHeaderNames.ORIGIN)
                  ? req
                  : req.mapHeaders(
                      h -> h.withMutations(m -> m.set(HttpHeaderNames.ORIGIN, own(req))));
          ctx.updateRequest(named);
          return delegate.serve(ctx, named);
        });
  }

  private static boolean upgrades(RequestHeaders headers) {
    return headers.method() == HttpMethod.CONNECT
        || headers.get(HttpHeaderNames.UPGRADE, "").equalsIgnoreCase("websocket");
  }

  private static String own(HttpRequest req) {
    return "http://" + Optional.ofNullable(req.authority()).orElse("localhost");
  }

  private static WebSocketService service(Channel conversation, OpenStreams open) {
    return WebSocketService.builder(new ConnectRoute(conversation, open))
        .subprotocols(SUBPROTOCOL)
        .allowedOrigins("*")
        .maxFramePayloadLength(MAX_FRAME_BYTES)
        .aggregateContinuation(true)
        .build();
  }

  @Override
  public WebSocket handle(ServiceRequestContext ctx, WebSocket in) {
    WebSocketWriter out = WebSocket.streaming();
    ctx.clearRequestTimeout();
    new SocketBridge(ctx, out, open).start(conversation, in);
    return out;
  }
}
