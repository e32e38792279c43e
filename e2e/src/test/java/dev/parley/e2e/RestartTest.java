package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after kill -9 of everything, and after a proper stop. */
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartTest {
  private static final String FACT = "My sister Philippa keeps llamas.";
  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void historyMediaAndMemoryOutliveAKilledProcessTreeAndARestart() throws Exception {
    Path data = folder.resolve("data");
    JsonObject said;
    Process first = start(data);
    try {
      String address = addressOf(first);
      said = turn(post(address + "v1/characters/ada:respond", "{\"text\":\"" + FACT + "\"}"));
    } finally {
      kill(first);
    }
    String id = said.get("id").getAsString();
    for (int start = 0; start < 2; start++) {
      try (Running parley = Running.on(data)) {
        JsonObject kept = turn(parley.get("/v1/turns/" + id).body());
        assertThat(kept).isEqualTo(said);
        var audio = parley.bytes(kept.get("audioUri").getAsString(), "");
        assertThat(audio.statusCode()).isEqualTo(200);
        assertThat(audio.body().length).isGreaterThan(10_000);
        String session = kept.get("sessionId").getAsString();
        assertThat(parley.get("/v1/sessions/" + session + "/turns").body()).contains(FACT);
        assertThat(recalled(parley)).contains("llamas");
      }
    }
  }

  /** What is remembered; a memory that is still being opened is left out, so it is asked again. */
  private static String recalled(Running parley) throws Exception {
    JsonObject receipt = new JsonObject();
    for (int i = 0; i < 10 && !receipt.has("recalled"); i++) {
      String question = "{\"text\":\"What does my sister Philippa keep?\"}";
      receipt =
          turn(parley.post("/v1/characters/ada:respond", question).body())
              .getAsJsonObject("receipt");
    }
    return receipt.toString();
  }

  private static JsonObject turn(String body) {
    return JsonParser.parseString(body).getAsJsonObject().getAsJsonObject("turn");
  }

  private Process start(Path data) throws IOException {
    String classes = System.getProperty("surefire.test.class.path");
    Path arguments = folder.resolve("java.args");
    Files.writeString(
        arguments,
        "-cp \"" + (classes == null ? System.getProperty("java.class.path") : classes) + "\"\n");
    List<String> command =
        Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=jdk.incubator.vector",
                "@" + arguments,
                "dev.parley.standalone.Main",
                "--standalone.data=" + data,
                "--standalone.port=0",
                "--standalone.management-port=0",
                "--render.avatars-dir=" + Path.of("..", "avatars", "models").toAbsolutePath())
            .toList();
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String addressOf(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.contains("http://")) {
        return line.substring(line.indexOf("http://")).strip();
      }
    }
    throw new IllegalStateException("it ended with " + process.exitValue());
  }

  /** As the kernel would: all at once, nobody is asked. */
  private static void kill(Process process) throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }

  private String post(String uri, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
