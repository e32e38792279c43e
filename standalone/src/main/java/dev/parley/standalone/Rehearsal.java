package dev.parley.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts everything in a folder that is thrown away, takes one typed turn with voice and face, lets
 * every engine work once, and ends. The launcher records it to make the cache (JEP 483, JEP 514)
 * that later starts begin from.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /** The one argument is the folder of the avatars. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("parley-rehearsal");
    try (Standalone parley =
            Standalone.start(
                List.of(
                    "--standalone.data=" + folder,
                    "--standalone.port=0",
                    "--standalone.management-port=0",
                    "--render.avatars-dir=" + arguments[0]),
                Map.of());
        HttpClient http = HttpClient.newHttpClient()) {
      String uri = parley.uri();
      get(http, uri);
      get(http, uri + "v1/characters");
      HttpRequest turn =
          HttpRequest.newBuilder(URI.create(uri + "v1/characters/ada:respond"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"text\":\"Hello\",\"tiers\":[\"TIER_AUDIO\",\"TIER_FACE\"]}"))
              .build();
      http.send(turn, HttpResponse.BodyHandlers.ofString());
      parley.awaitWarm();
    } finally {
      delete(folder);
    }
    System.exit(0); // threads of libraries that idle for a minute would hold the process up
  }

  private static void get(HttpClient http, String uri) throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
