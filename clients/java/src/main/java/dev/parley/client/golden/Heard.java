package dev.parley.client.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.parley.client.Conversation;
import dev.parley.conversation.v1.ServerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation and all that was heard of it. */
final class Heard {
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private final Conversation conversation;
  private final List<ServerEvent> events = new ArrayList<>();
  private int judged;

  Heard(Conversation conversation) {
    this.conversation = conversation;
  }

  Conversation conversation() {
    return conversation;
  }

  List<ServerEvent> events() {
    return events;
  }

  static JsonObject json(MessageOrBuilder message) {
    try {
      return JsonParser.parseString(JSON.print(message)).getAsJsonObject();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Reads up to the event that a step waits for, judges what came, and gives that event. */
  JsonObject until(JsonObject step) throws InterruptedException {
    Duration limit =
        Duration.ofSeconds(step.has("within_s") ? step.get("within_s").getAsInt() : 30);
    long slowly = step.has("slowly_ms") ? step.get("slowly_ms").getAsLong() : 0;
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      Optional<ServerEvent> event = conversation.next(limit);
      if (event.isEmpty()) {
        throw new Script.Broken("the session ended before " + step.get("event") + tail());
      }
      events.add(event.get());
      JsonObject json = json(event.get());
      if (Matcher.fits(step.get("event"), json)) {
        judge(step);
        return json;
      }
      if (event.get().hasTurnCompleted() && step.getAsJsonObject("event").has("turnCompleted")) {
        nearMiss(step, json);
      }
      Thread.sleep(slowly);
    }
    throw new Script.Broken("never came: " + step.get("event") + tail());
  }

  /** A turn that ended otherwise is told at once, unless the step waits for a certain turn. */
  private void nearMiss(JsonObject step, JsonObject json) {
    if (!step.getAsJsonObject("event").has("turnId")) {
      Matcher.mismatch(step.get("event"), json, "event")
          .ifPresent(wrong -> {
            throw new Script.Broken(wrong);
          });
    }
  }

  private String tail() {
    List<String> last =
        events.stream()
            .map(e -> e.getEventCase().name())
            .skip(Math.max(0, events.size() - 8))
            .toList();
    return "; last heard: " + last;
  }

  private void judge(JsonObject step) {
    List<JsonObject> came =
        events.subList(judged, events.size()).stream().map(Heard::json).toList();
    judged = events.size();
    if (step.has("see")) {
      see(step.getAsJsonArray("see"), came);
    }
    if (step.has("never")) {
      for (JsonElement unwanted : step.getAsJsonArray("never")) {
        came.stream()
            .filter(e -> Matcher.fits(unwanted, e))
            .findFirst()
            .ifPresent(e -> {
              throw new Script.Broken("came, but never should: " + e);
            });
      }
    }
    if (step.has("text")) {
      StringBuilder text = new StringBuilder();
      came.stream()
          .filter(e -> e.has("textDelta"))
          .forEach(e -> text.append(e.getAsJsonObject("textDelta").get("text").getAsString()));
      Matcher.mismatch(step.get("text"), new JsonPrimitive(text.toString()), "text")
          .ifPresent(wrong -> {
            throw new Script.Broken(wrong);
          });
    }
  }

  private static void see(JsonArray wanted, List<JsonObject> came) {
    int at = 0;
    for (JsonElement next : wanted) {
      while (at < came.size() && !Matcher.fits(next, came.get(at))) {
        at++;
      }
      if (at == came.size()) {
        throw new Script.Broken("not seen, or not in this order: " + next);
      }
      at++;
    }
  }
}
