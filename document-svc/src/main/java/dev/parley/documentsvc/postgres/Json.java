package dev.parley.documentsvc.postgres;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.lang.reflect.Type;
import java.util.List;

/** Lists of records as JSON columns. */
final class Json {
  private static final Gson GSON = new Gson();

  private Json() {}

  /** As JSON that PostgreSQL takes: it knows no character 0. */
  static String write(Object value) {
    return GSON.toJson(value).replace("\\u0000", "");
  }

  static <T> List<T> list(String json, Class<T> type) {
    Type list = TypeToken.getParameterized(List.class, type).getType();
    List<T> values = GSON.fromJson(json, list);
    return List.copyOf(values);
  }
}
