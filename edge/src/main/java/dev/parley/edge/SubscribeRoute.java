package dev.parley.edge;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SubscribeRequest;
import dev.parley.conversation.v1.Tier;
import io.grpc.Channel;
import java.util.Arrays;
import java.util.List;

/**
 * {@code GET /v1/sessions/{id}:subscribe} as server-sent events. {@code Last-Event-ID} wins over
 * {@code after_seq}, so that a browser goes on by itself where it was.
 */
final class SubscribeRoute implements HttpService {
  private final Channel conversation;
  private final OpenStreams open;

  SubscribeRoute(Channel conversation, OpenStreams open) {
    this.conversation = conversation;
    this.open = open;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    SubscribeRequest request;
    try {
      request = request(ctx, req);
    } catch (IllegalArgumentException e) {
      return StatusJson.response(
          StatusJson.of(Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", e.getMessage()));
    }
    ctx.clearRequestTimeout();
    return new EventStream<SubscribeRequest, ServerEvent>(ctx, open, SubscribeRoute::head)
        .start(conversation, ConversationServiceGrpc.getSubscribeMethod(), request);
  }

  private static String head(ServerEvent event) {
    String id = event.getSeq() > 0 ? "id: " + event.getSeq() + "\n" : "";
    int number = event.getEventCase().getNumber();
    String name =
        number == 0 ? "unknown" : ServerEvent.getDescriptor().findFieldByNumber(number).getName();
    return id + "event: " + name + "\n";
  }

  private static SubscribeRequest request(ServiceRequestContext ctx, HttpRequest req) {
    QueryParams query = ctx.queryParams();
    String after =
        req.headers()
            .get("last-event-id", query.get("after_seq", query.get("afterSeq", "0")))
            .strip();
    return SubscribeRequest.newBuilder()
        .setSessionId(ctx.pathParam("id"))
        .setAfterSeq(number(after))
        .setClientId(query.get("client_id", query.get("clientId", "")))
        .addAllTiers(tiers(query.getAll("tiers")))
        .build();
  }

  /** Tiers by name, each its own parameter or separated by commas. */
  static List<Tier> tiers(List<String> values) {
    return values.stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(SubscribeRoute::tier)
        .toList();
  }

  private static Tier tier(String name) {
    for (Tier tier : Tier.values()) {
      if (tier != Tier.UNRECOGNIZED && tier != Tier.TIER_UNSPECIFIED && tier.name().equals(name)) {
        return tier;
      }
    }
    throw new IllegalArgumentException("tiers: expected a name as TIER_AUDIO, got " + name);
  }

  private static long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("after_seq: expected 0 or more, got " + text, e);
    }
    throw new IllegalArgumentException("after_seq: expected 0 or more, got " + text);
  }
}
