package dev.parley.e2e;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Envoy counts, as its admin port tells it. */
final class EnvoyView {
  private EnvoyView() {}

  /** The port of the replica of a cluster that has most calls under way. */
  static int busiest(int adminPort, String cluster) throws IOException {
    return in(asked(adminPort), "cluster_statuses")
        .filter(it -> it.get("name").getAsString().equals(cluster))
        .flatMap(it -> in(it, "host_statuses"))
        .max(Comparator.comparingLong(EnvoyView::underWay))
        .map(EnvoyView::port)
        .orElseThrow();
  }

  private static JsonObject asked(int adminPort) throws IOException {
    URI clusters = URI.create("http://127.0.0.1:" + adminPort + "/clusters?format=json");
    try (var in = clusters.toURL().openStream()) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JsonParser.parseString(json).getAsJsonObject();
    }
  }

  private static Stream<JsonObject> in(JsonObject it, String name) {
    JsonArray list = it.has(name) ? it.getAsJsonArray(name) : new JsonArray();
    return StreamSupport.stream(list.spliterator(), false).map(JsonElement::getAsJsonObject);
  }

  private static long underWay(JsonObject host) {
    return in(host, "stats")
        .filter(it -> it.get("name").getAsString().equals("rq_active") && it.has("value"))
        .mapToLong(it -> it.get("value").getAsLong())
        .sum();
  }

  private static int port(JsonObject host) {
    JsonObject address = host.getAsJsonObject("address").getAsJsonObject("socket_address");
    return address.get("port_value").getAsInt();
  }
}
