package dev.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is installed, what the running server uses, and what mends the rest. */
@Command(name = "doctor", description = "What is there, what is missing.", mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--management", defaultValue = "http://127.0.0.1:9090")
  private URI management;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("ok       jdk           " + Runtime.version());
    item(out, "flite", find("libflite.so.1"), "libflite1");
    item(out, "pocketsphinx", find("libpocketsphinx.so.3"), "libpocketsphinx3 pocketsphinx-en-us");
    item(out, "redis-server", find("redis-server"), "redis-server");
    item(out, "ffmpeg", find("ffmpeg"), "ffmpeg");
    item(out, "chromium", find("chromium"), "chromium");
    Path data = Path.of(Optional.ofNullable(System.getenv("PARLEY_DATA")).orElse("data"));
    boolean usable = !Files.exists(data) || Files.isWritable(data);
    out.println((usable ? "ok       " : "problem  ") + "data          " + data.toAbsolutePath()
        + (usable ? "" : "  -> it is not writable; set PARLEY_DATA to a folder that is"));
    out.println("server   " + health());
    out.flush();
    return 0;
  }

  static void item(PrintWriter out, String name, Optional<Path> where, String packages) {
    out.printf(
        "%-8s %-13s %s%n",
        where.isPresent() ? "ok" : "missing",
        name,
        where.map(Path::toString).orElse("-> sudo apt-get install -y " + packages));
  }

  /** A program on the PATH or a library in the usual places. */
  static Optional<Path> find(String file) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    String usual = "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu:/usr/lib:/usr/local/lib";
    return Stream.of((path + ":" + usual).split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, file))
        .filter(Files::exists)
        .findFirst();
  }

  private String health() {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(management.resolve("/healthz"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "none answers at " + management + "  -> ./parley up";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
