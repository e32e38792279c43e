package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The REST side as OpenAPI is what the contracts say, though its generator is not run here. */
class OpenApiTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> SOURCES = List.of("proto/parley", "edge/openapi");

  @Test
  void theDocumentIsMadeOfTheContractsAsTheyAre() throws Exception {
    assertThat(document().getFirst())
        .as("edge/openapi/generate.sh makes it anew")
        .isEqualTo(
            "# Made by edge/openapi/generate.sh from contracts and by-hand.yaml: " + sources());
  }

  /** As {@code generate.sh} counts: names and contents of all that it is made of. */
  private static String sources() throws Exception {
    StringBuilder sums = new StringBuilder();
    for (String file : SOURCES.stream().flatMap(OpenApiTest::files).sorted().toList()) {
      sums.append(sha256(Files.readAllBytes(ROOT.resolve(file)))).append("  ").append(file);
      sums.append('\n');
    }
    return sha256(sums.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<String> files(String folder) {
    try (Stream<Path> tree = Files.walk(ROOT.resolve(folder))) {
      List<String> names =
          tree.filter(Files::isRegularFile)
              .map(it -> ROOT.relativize(it).toString().replace('\\', '/'))
              .toList();
      return names.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static List<String> document() throws IOException {
    return Files.readAllLines(Path.of("src", "main", "resources", "web", "openapi.yaml"));
  }
}
