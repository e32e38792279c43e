package dev.parley.e2e;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came back over a socket of its own, read byte by byte, so that no client mends it.
 *
 * @param headers by their names in lower case
 */
record Answer(int status, Map<String, String> headers, String body) {
  /** What a client may rely on. */
  private static final Set<String> MATTER =
      Set.of(
          "grpc-status",
          "www-authenticate",
          "access-control-allow-origin",
          "access-control-allow-credentials",
          "access-control-max-age",
          "sec-websocket-accept",
          "sec-websocket-protocol",
          "content-range",
          "location");

  /** Different each time by nature. */
  private static final Set<String> OWN =
      Set.of("createTime", "updateTime", "time", "requestId", "sessionId", "clientId");

  static Answer to(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(request);
      } catch (IOException refusedEarly) {
        // What it said before it stopped reading counts.
      }
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return new Answer(0, Map.of(), "");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] pair = header.split(":", 2);
      headers.put(pair[0].toLowerCase(java.util.Locale.ROOT), pair[1].strip());
    }
    int status = Integer.parseInt(start.split(" ")[1]);
    return new Answer(status, headers, status == 101 ? "" : body(in, headers));
  }

  private static String body(InputStream in, Map<String, String> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      if (headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
        for (String line = line(in); !line.startsWith("data:"); line = line(in)) {
          boolean ofChunks = line.isEmpty() || line.matches("[0-9a-f]+");
          body.writeBytes((ofChunks ? "" : line + "\n").getBytes(StandardCharsets.UTF_8));
        }
      } else if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
        for (int size = size(in); size > 0; size = size(in)) {
          body.writeBytes(in.readNBytes(size));
          line(in);
        }
      } else if (headers.containsKey("content-length")) {
        body.writeBytes(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
      } else {
        in.transferTo(body);
      }
    } catch (IOException cut) {
      body.writeBytes("(cut)".getBytes(StandardCharsets.US_ASCII));
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /**
   * All that must be alike at both edges, in one line.
   *
   * @param fixed whether the answer is of what is the same everywhere, and not of what was made
   */
  String essence(boolean fixed) {
    String type = headers.getOrDefault("content-type", "").replaceFirst(";.*", "");
    String kept =
        headers.entrySet().stream()
            .filter(it -> MATTER.contains(it.getKey()))
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining(" "));
    return "%d %s %s %s"
        .formatted(status, type, kept, fixed || status >= 400 ? told(type) : "")
        .strip();
  }

  private String told(String type) {
    if (!type.equals("application/json")) {
      return type.startsWith("text/event-stream") ? body.replaceAll("\\d+", "N") : "";
    }
    try {
      JsonElement json = JsonParser.parseString(body);
      return status >= 400 && json.isJsonObject() ? refusal(json.getAsJsonObject()) : shape(json);
    } catch (JsonSyntaxException e) {
      return "not JSON: " + body;
    }
  }

  /** Code, reasons and kinds of details; messages are for people. */
  private static String refusal(JsonObject status) {
    JsonArray none = new JsonArray();
    List<String> details =
        (status.has("details") ? status.getAsJsonArray("details") : none)
            .asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(it ->
                    it.get("@type").getAsString().replaceFirst(".*\\.", "")
                        + (it.has("reason") ? ":" + it.get("reason").getAsString() : ""))
                .toList();
    return status.get("code") + " " + details;
  }

  private static String shape(JsonElement json) {
    if (json.isJsonObject()) {
      return json.getAsJsonObject().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(it -> it.getKey() + (OWN.contains(it.getKey()) ? "" : ":" + shape(it.getValue())))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber()) {
      return Double.toString(json.getAsDouble()); // 1 and 1.0 are one number.
    }
    return json.isJsonArray()
        ? json.getAsJsonArray().asList().stream()
            .map(Answer::shape)
            .collect(Collectors.joining(",", "[", "]"))
        : json.toString();
  }
}
