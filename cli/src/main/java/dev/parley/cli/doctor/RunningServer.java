package dev.parley.cli.doctor;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.parley.cli.doctor.Doctor.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a running server says of itself.
 *
 * @param title one line: where it is and whether it is ready
 * @param findings its parts; empty when none runs
 */
record RunningServer(String title, List<Finding> findings) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Asks the management port for the parts, and the front door whether it is ready. */
  static RunningServer at(URI management, URI door) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      Optional<HttpResponse<String>> parts = get(client, management.resolve("/readyz"));
      Optional<HttpResponse<String>> ready = get(client, door.resolve("/readyz"));
      if (parts.isEmpty()) {
        String none = "No server answers at " + management;
        return ready.isEmpty()
            ? new RunningServer(none + " or " + door + "; start one: ./parley up", List.of())
            : new RunningServer(none + ", but one does at " + door, List.of(hidden()));
      }
      String state = parts.get().statusCode() == 200 ? "is ready" : "is NOT ready";
      return new RunningServer("The server at " + door + " " + state, read(parts.get().body()));
    }
  }

  private static Finding hidden() {
    return new Finding(
        Finding.Mark.MISSING,
        "parts of the server",
        "its management port is another",
        Optional.of("./parley doctor --management PORT"));
  }

  /** Reads the JSON of a management port. */
  static List<Finding> read(String json) {
    Struct.Builder health = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(json, health);
    } catch (InvalidProtocolBufferException e) {
      return List.of(
          new Finding(
              Finding.Mark.PROBLEM, "management port", "is not Parley's", Optional.empty()));
    }
    Set<String> missing =
        health
            .getFieldsOrDefault("missing", Value.getDefaultInstance())
            .getListValue()
            .getValuesList()
            .stream()
            .map(Value::getStringValue)
            .collect(Collectors.toSet());
    Map<String, Value> parts =
        new TreeMap<>(
            health
                .getFieldsOrDefault("parts", Value.getDefaultInstance())
                .getStructValue()
                .getFieldsMap());
    List<Finding> findings = new ArrayList<>();
    parts.forEach((name, part) -> findings.add(finding(name, part, missing.contains(name))));
    return findings;
  }

  private static Finding finding(String name, Value part, boolean needed) {
    Map<String, Value> fields = part.getStructValue().getFieldsMap();
    boolean up = fields.getOrDefault("up", Value.getDefaultInstance()).getBoolValue();
    String detail = fields.getOrDefault("detail", Value.getDefaultInstance()).getStringValue();
    Finding.Mark mark = up ? Finding.Mark.OK : needed ? Finding.Mark.PROBLEM : Finding.Mark.MISSING;
    return new Finding(mark, name, detail, Optional.empty());
  }

  private static Optional<HttpResponse<String>> get(HttpClient client, URI uri) {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
      return Optional.of(client.send(request, BodyHandlers.ofString()));
    } catch (IOException nobody) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
