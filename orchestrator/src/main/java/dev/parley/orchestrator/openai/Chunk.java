package dev.parley.orchestrator.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;

/**
 * One event of a streamed chat completion.
 *
 * @param text the next piece of the answer, often empty
 * @param finished whether the model says that it is done
 * @param usage tokens read and written, in one of the events at most
 */
record Chunk(String text, boolean finished, Optional<Usage> usage) {
  /** Tokens read and written. */
  record Usage(int input, int output) {}

  /** Reads an event. Throws when it is none, or reports an error. */
  static Chunk of(String data) throws ModelFault {
    try {
      JsonObject event = JsonParser.parseString(data).getAsJsonObject();
      if (event.has("error") && !event.get("error").isJsonNull()) {
        throw new ModelFault("the model server reported an error", true);
      }
      Optional<Usage> usage =
          event.get("usage") instanceof JsonObject it
              ? Optional.of(new Usage(number(it, "prompt_tokens"), number(it, "completion_tokens")))
              : Optional.empty();
      if (!(event.get("choices") instanceof JsonArray choices) || choices.isEmpty()) {
        return new Chunk("", false, usage);
      }
      JsonObject choice = choices.get(0).getAsJsonObject();
      return new Chunk(text(choice.get("delta")), isSet(choice, "finish_reason"), usage);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new ModelFault("the model server sent what is no answer", true);
    }
  }

  private static String text(JsonElement delta) {
    return delta instanceof JsonObject it && isSet(it, "content")
        ? it.get("content").getAsString()
        : "";
  }

  private static boolean isSet(JsonObject object, String name) {
    return object.has(name) && !object.get(name).isJsonNull();
  }

  private static int number(JsonObject usage, String name) {
    return isSet(usage, name) ? usage.get(name).getAsInt() : 0;
  }
}
