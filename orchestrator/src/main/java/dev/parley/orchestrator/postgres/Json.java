package dev.parley.orchestrator.postgres;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Records as JSON: times and durations in ISO 8601, an Optional as a list. Thread-safe. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .registerTypeAdapter(Instant.class, text())
          .registerTypeAdapter(Instant.class, parsed(Instant::parse))
          .registerTypeAdapter(Duration.class, text())
          .registerTypeAdapter(Duration.class, parsed(Duration::parse))
          .registerTypeAdapter(Optional.class, optional())
          .registerTypeAdapter(Optional.class, unwrapped())
          .create();

  private Json() {}

  /** A record as text. */
  public static String write(Object value) {
    return GSON.toJson(value);
  }

  /** And back. */
  public static <T> T read(String json, Class<T> type) {
    return GSON.fromJson(json, type);
  }

  private static JsonSerializer<Object> text() {
    return (value, _, _) -> new JsonPrimitive(value.toString());
  }

  private static <T> JsonDeserializer<T> parsed(java.util.function.Function<String, T> parse) {
    return (json, _, _) -> parse.apply(json.getAsString());
  }

  private static JsonSerializer<Optional<?>> optional() {
    return (value, _, context) -> {
      var list = new JsonArray();
      value.ifPresent(it -> list.add(context.serialize(it)));
      return list;
    };
  }

  private static JsonDeserializer<Optional<?>> unwrapped() {
    return (json, type, context) -> {
      Type inner = ((ParameterizedType) type).getActualTypeArguments()[0];
      JsonArray list = json.getAsJsonArray();
      return list.isEmpty()
          ? Optional.empty()
          : Optional.of(context.deserialize(list.get(0), inner));
    };
  }
}
