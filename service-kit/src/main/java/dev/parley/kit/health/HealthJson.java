package dev.parley.kit.health;

import java.util.List;
import java.util.Map;

/** Writes health as JSON, the same on every door. */
public final class HealthJson {
  private HealthJson() {}

  /** {@code {"ready":true,"missing":[],"parts":{"speech/flite":{"up":true,"detail":"..."}}}}. */
  public static String write(Health health) {
    List<String> missing = health.missing();
    StringBuilder json = new StringBuilder("{\"ready\":").append(missing.isEmpty());
    json.append(",\"missing\":[");
    for (int i = 0; i < missing.size(); i++) {
      json.append(i == 0 ? "" : ",").append(quote(missing.get(i)));
    }
    json.append("],\"parts\":{");
    String separator = "";
    for (Map.Entry<String, Part.State> entry : health.states().entrySet()) {
      json.append(separator).append(quote(entry.getKey())).append(":{\"up\":");
      json.append(entry.getValue().up()).append(",\"detail\":");
      json.append(quote(entry.getValue().detail())).append('}');
      separator = ",";
    }
    return json.append("}}\n").toString();
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        default -> {
          if (c < 0x20) {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
