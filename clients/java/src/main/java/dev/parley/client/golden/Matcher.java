package dev.parley.client.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether JSON is as expected; the language is described in {@code clients/golden/README.md}. */
final class Matcher {
  private Matcher() {}

  static boolean fits(JsonElement expected, JsonElement actual) {
    return mismatch(expected, actual, "").isEmpty();
  }

  /** The first thing that differs, with value and expectation; empty when it fits. */
  static Optional<String> mismatch(JsonElement expected, JsonElement actual, String path) {
    if (expected.isJsonObject()) {
      return object(expected.getAsJsonObject(), actual, path);
    }
    if (expected.isJsonArray()) {
      return array(expected.getAsJsonArray(), actual, path);
    }
    return check(text(expected).equals(text(actual)), expected, actual, path);
  }

  private static Optional<String> object(JsonObject expected, JsonElement actual, String path) {
    String first = expected.keySet().stream().findFirst().orElse("");
    if (first.startsWith("$")) {
      return operator(first, expected.get(first), actual, path);
    }
    if (actual == null || !actual.isJsonObject()) {
      return check(false, expected, actual, path);
    }
    for (Map.Entry<String, JsonElement> field : expected.entrySet()) {
      JsonElement value = actual.getAsJsonObject().get(field.getKey());
      var wrong = mismatch(field.getValue(), value, path + "." + field.getKey());
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> array(JsonArray expected, JsonElement actual, String path) {
    if (size(actual) != expected.size()) {
      return check(false, expected, actual, path);
    }
    for (int i = 0; i < expected.size(); i++) {
      JsonElement element = actual.getAsJsonArray().get(i);
      var wrong = mismatch(expected.get(i), element, path + "[" + i + "]");
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> operator(
      String name, JsonElement operand, JsonElement actual, String path) {
    boolean fits =
        switch (name) {
          case "$matches" ->
              actual != null && Pattern.compile(operand.getAsString()).matcher(text(actual)).find();
          case "$between" -> between(operand.getAsJsonArray(), number(actual));
          case "$size" -> between(operand.getAsJsonArray(), size(actual));
          case "$has" -> has(operand, actual);
          case "$not" -> !fits(operand, actual);
          case "$some" -> operand.getAsBoolean() == (actual != null && !text(actual).isEmpty());
          default -> throw new IllegalArgumentException(name + ": no such operator");
        };
    JsonObject expected = new JsonObject();
    expected.add(name, operand);
    return check(fits, expected, actual, path);
  }

  private static boolean has(JsonElement wanted, JsonElement actual) {
    return size(actual) > 0
        && actual.getAsJsonArray().asList().stream().anyMatch(e -> fits(wanted, e));
  }

  private static boolean between(JsonArray limits, double value) {
    return value >= limits.get(0).getAsDouble() && value <= limits.get(1).getAsDouble();
  }

  private static int size(JsonElement actual) {
    return actual != null && actual.isJsonArray() ? actual.getAsJsonArray().size() : 0;
  }

  /** Numbers, numbers in strings and durations such as {@code 1.5s}; what is not there is 0. */
  private static double number(JsonElement actual) {
    if (actual == null) {
      return 0;
    }
    String text = text(actual).replaceFirst("s$", "");
    return text.matches("-?[0-9.]+(e-?[0-9]+)?") ? Double.parseDouble(text) : Double.NaN;
  }

  private static String text(JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return "";
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static Optional<String> check(
      boolean fits, JsonElement expected, JsonElement actual, String path) {
    return fits
        ? Optional.empty()
        : Optional.of(
            path + ": " + (actual == null ? "absent" : actual) + " (expected " + expected + ")");
  }
}
