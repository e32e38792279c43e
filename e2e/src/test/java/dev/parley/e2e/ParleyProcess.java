package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A whole Parley in a process of its own, to be killed with all that it started. */
final class ParleyProcess implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String address;

  private ParleyProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one and waits until it says where its page is. */
  static ParleyProcess on(Path data) throws IOException {
    String classes = System.getProperty("surefire.test.class.path");
    Path arguments = Files.createTempFile("java", ".args");
    Files.writeString(
        arguments,
        "-cp \"" + (classes == null ? System.getProperty("java.class.path") : classes) + "\"\n");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "@" + arguments,
            "dev.parley.standalone.Main",
            "--standalone.data=" + data,
            "--standalone.port=0",
            "--standalone.management-port=0",
            "--render.avatars-dir=" + Path.of("..", "avatars", "models").toAbsolutePath());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new ParleyProcess(process, addressOf(process));
    } finally {
      Files.delete(arguments);
    }
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

  /** The answer to a path without its first slash. */
  String post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** As the kernel would: all at once with signal 9, nobody is asked. */
  void kill() throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    http.close();
  }
}
