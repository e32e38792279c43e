package dev.parley.client.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One golden conversation as its file says it.
 *
 * @param name the file's name without its ending
 * @param folder where its sounds are
 * @param json what it says
 */
record Script(String name, Path folder, JsonObject json) {
  private static final List<String> ALL = List.of("grpc", "grpc-web", "websocket", "rest");

  static Script of(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    return new Script(name, file.toAbsolutePath().getParent(), json);
  }

  List<String> doors() {
    return json.has("doors") ? strings("doors") : ALL;
  }

  /** What the server or the caller must have for it, such as {@code quota}. */
  List<String> needs() {
    return json.has("needs") ? strings("needs") : List.of();
  }

  List<JsonObject> steps() {
    return json.getAsJsonArray("steps").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private List<String> strings(String name) {
    return json.getAsJsonArray(name).asList().stream().map(JsonElement::getAsString).toList();
  }

  /** Names in <code>${name}</code> and what they stand for. */
  static final class Variables {
    private static final Pattern NAME = Pattern.compile("\\$\\{([^}]+)}");
    private final Map<String, String> values = new HashMap<>();

    void put(String name, String value) {
      values.put(name, value);
    }

    String filled(String text) {
      return NAME.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value(m.group(1))));
    }

    private String value(String name) {
      if (!values.containsKey(name)) {
        throw new Broken("${" + name + "} was never saved");
      }
      return values.get(name);
    }

    JsonElement filled(JsonElement json) {
      if (json.isJsonObject()) {
        JsonObject filled = new JsonObject();
        json.getAsJsonObject()
            .entrySet()
            .forEach(e -> filled.add(e.getKey(), filled(e.getValue())));
        return filled;
      }
      if (json.isJsonArray()) {
        JsonArray filled = new JsonArray();
        json.getAsJsonArray().forEach(e -> filled.add(filled(e)));
        return filled;
      }
      boolean text = json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
      return text ? new JsonPrimitive(filled(json.getAsString())) : json;
    }

    /** Keeps values found at paths such as {@code turn.id}. */
    void save(JsonObject step, JsonObject from) {
      if (!step.has("save")) {
        return;
      }
      step.getAsJsonObject("save")
          .entrySet()
          .forEach(e -> {
            JsonElement at = from;
            for (String part : e.getValue().getAsString().split("\\.")) {
              at = at.getAsJsonObject().get(part);
            }
            put(e.getKey(), at.getAsString());
          });
    }
  }

  /** Something was not as the conversation expects. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }
}
