package dev.parley.e2e;

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

/** What is generated from the contracts and kept is what they say; generators are not run here. */
class GeneratedTest {
  private static final Path ROOT = Path.of("..");
  private static final String MEND = "proto/generate.sh makes it anew";

  @Test
  void theRestSideAsOpenApiIsMadeOfTheContractsAsTheyAre() throws Exception {
    Path document = ROOT.resolve("edge/src/main/resources/web/openapi.yaml");
    assertThat(Files.readAllLines(document).getFirst())
        .as(MEND)
        .endsWith(": " + hash("proto/parley", "edge/openapi"));
  }

  @Test
  void theStubsOfGoAreMadeOfTheContractsAsTheyAre() throws Exception {
    assertThat(Files.readString(ROOT.resolve("clients/go/proto/MADE_OF")).strip())
        .as(MEND)
        .isEqualTo(hash("proto/parley", "clients/go/buf.gen.yaml", "clients/go/generate.sh"));
  }

  /** Of names and contents, as the scripts count. */
  private static String hash(String... sources) throws Exception {
    StringBuilder sums = new StringBuilder();
    for (String file : Stream.of(sources).flatMap(GeneratedTest::files).sorted().toList()) {
      sums.append(sha256(Files.readAllBytes(ROOT.resolve(file)))).append("  ").append(file);
      sums.append('\n');
    }
    return sha256(sums.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<String> files(String source) {
    try (Stream<Path> tree = Files.walk(ROOT.resolve(source))) {
      List<String> names =
          tree.filter(Files::isRegularFile).map(it -> ROOT.relativize(it).toString()).toList();
      return names.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
