package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example of the guide as it stands, but for the port. */
class ExamplesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TOOLS = ROOT.resolve("web/node_modules/.bin");
  private final Running parley = Running.shared();
  @TempDir private Path folder;

  /** What stands between the fences of one kind, with the heading above it. */
  private record Example(String heading, String kind, String code) {}

  private static List<Example> examples() throws IOException {
    List<Example> found = new ArrayList<>();
    String heading = "";
    String kind = "";
    StringBuilder code = new StringBuilder();
    for (String line : Files.readAllLines(ROOT.resolve("docs/talking.md"))) {
      if (line.startsWith("## ")) {
        heading = line.substring(3);
      } else if (line.startsWith("```") && kind.isEmpty()) {
        kind = line.length() == 3 ? "text" : line.substring(3);
        code.setLength(0);
      } else if (line.equals("```")) {
        found.add(new Example(heading, kind, code.toString()));
        kind = "";
      } else {
        code.append(line).append('\n');
      }
    }
    return found;
  }

  @TestFactory
  Stream<DynamicTest> theExampleDoesWhatItSays() throws IOException {
    List<Example> examples = examples().stream().filter(e -> !e.kind().equals("text")).toList();
    assertThat(examples).hasSizeGreaterThan(6);
    return examples.stream()
        .map(example -> DynamicTest.dynamicTest(example.heading(), () -> run(example)));
  }

  private void run(Example example) throws Exception {
    boolean node = example.kind().equals("js");
    String tool = node ? "node" : example.code().contains("buf curl") ? "buf" : "curl";
    Assumptions.assumeTrue(has(tool), tool + " is not here");
    Path script = folder.resolve(node ? "example.mjs" : "example.sh");
    String code = example.code().replace("localhost:8080", "localhost:" + parley.port());
    Files.writeString(script, node ? code : "set -euo pipefail\n" + code);
    ProcessBuilder builder =
        new ProcessBuilder(command(node, script))
            .directory(ROOT.toFile())
            .redirectErrorStream(true);
    builder.environment().merge("PATH", TOOLS.toString(), (path, more) -> path + ":" + more);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(70, TimeUnit.SECONDS)).isTrue();
    assertThat(out).matches(text -> expected(example, text));
  }

  private static List<String> command(boolean node, Path script) {
    return node
        ? List.of("timeout", "60", "node", "--experimental-websocket", script.toString())
        : List.of("timeout", "60", "bash", script.toString());
  }

  private static boolean expected(Example example, String out) {
    if (example.code().contains("nobody")) {
      return out.contains("\"reason\":\"CHARACTER_NOT_FOUND\"");
    }
    if (example.code().contains("captions")) {
      return out.startsWith("WEBVTT") && out.contains(" --> ");
    }
    if (example.code().contains("question.wav")) {
      return out.contains("\"inputText\":\"what do you like to do\"");
    }
    return example.kind().equals("js")
        ? out.contains("Ada") && out.contains("endUs")
        : out.contains("talk with you by voice") || out.contains("Ada");
  }

  private static boolean has(String program) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")).map(Path::of), Stream.of(TOOLS))
        .anyMatch(folder -> Files.isExecutable(folder.resolve(program)));
  }
}
