package dev.parley.e2e;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.util.JsonFormat;
import dev.parley.standalone.Standalone;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A whole Parley on free ports with a folder of its own. */
final class Running implements AutoCloseable {
  /** Turns a month that an organisation of the shared one has, the machine's own aside. */
  static final int FREE_TURNS = 2;

  private final Standalone parley;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ManagedChannel channel;

  private Running(Standalone parley) {
    this.parley = parley;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", parley.port())
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build();
  }

  /** One for all tests that leave it as they found it; it ends with the tests. */
  static Running shared() {
    return Shared.PARLEY;
  }

  static Running on(Path folder, String... settings) {
    return new Running(
        Standalone.start(
            Stream.concat(
                    Stream.of(
                        "--standalone.data=" + folder,
                        "--standalone.port=0",
                        "--standalone.management-port=0",
                        "--render.avatars-dir=" + Path.of("..", "avatars", "models")),
                    Stream.of(settings))
                .toList(),
            Map.of()));
  }

  int port() {
    return parley.port();
  }

  int managementPort() {
    return parley.managementPort();
  }

  /** A WAV of those words, spoken by one of our voices. */
  byte[] spoken(String text, String voice) throws IOException, InterruptedException {
    String json = "{\"text\":\"" + text + "\",\"style\":{\"voiceId\":\"" + voice + "\"}}";
    return http.send(
            HttpRequest.newBuilder(URI.create(uri("/v1/speech:synthesize")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  /** Makes a character that greets with just these words; its id is the one given. */
  String character(String id, String greeting) throws IOException, InterruptedException {
    JsonObject character = new JsonObject();
    character.addProperty("id", id);
    character.addProperty("displayName", "Nell");
    character.addProperty("greeting", greeting);
    JsonArray facts = new JsonArray();
    facts.add("My name is Nell.");
    facts.add("I keep bees behind a lighthouse.");
    character.add("personaFacts", facts);
    JsonObject request = new JsonObject();
    request.add("character", character);
    HttpResponse<String> answer = post("/v1/characters", request.toString());
    if (answer.statusCode() == 409) { // A test that is tried again.
      send(to("/v1/characters/" + id), "DELETE", "");
      answer = post("/v1/characters", request.toString());
    }
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.body());
    }
    return id;
  }

  ManagedChannel channel() {
    return channel;
  }

  String uri(String path) {
    return "http://127.0.0.1:" + parley.port() + path;
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(uri(path)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(uri(path))));
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(uri(path)));
  }

  HttpResponse<String> send(HttpRequest.Builder to, String method, String json)
      throws IOException, InterruptedException {
    return send(to, method, "application/json", json);
  }

  HttpResponse<String> send(HttpRequest.Builder to, String method, String type, String text)
      throws IOException, InterruptedException {
    return send(
        to.header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofString(text)));
  }

  HttpResponse<String> upload(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    return send(
        to(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> management(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort() + path)));
  }

  HttpResponse<byte[]> bytes(String path, String range) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri(path)));
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static <T extends com.google.protobuf.Message.Builder> T parse(String json, T builder)
      throws IOException {
    JsonFormat.parser().ignoringUnknownFields().merge(json, builder);
    return builder;
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Starts when it is first asked for; ended and removed with the process. */
  private static final class Shared {
    private static final Path FOLDER = folder();

    /** Nothing is left out for being late; and few turns for newcomers, to be used up. */
    private static final Running PARLEY =
        on(
            FOLDER,
            "--orchestrator.recall-deadline=PT10S",
            "--orchestrator.search-deadline=PT10S",
            "--identity.free-turns=" + FREE_TURNS);

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(Shared::end));
    }

    private static Path folder() {
      try {
        return Files.createTempDirectory("parley-e2e");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private static void end() {
      PARLEY.close();
      try (Stream<Path> files = Files.walk(FOLDER)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    http.close();
    parley.close();
  }
}
