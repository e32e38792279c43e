package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden conversations from every language, through every door, against the whole product. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientsTest {
  private static final Path CLIENTS = Path.of("..", "clients");
  private static final String AT_ONCE = "6";
  private static final int TOOLS_ARE_MISSING = 77;
  private final Running parley = Running.shared();
  @TempDir private Path folder;

  @Test
  void theGoldenConversationsPassFromJavaThroughFourDoors() throws Exception {
    String golden = CLIENTS.resolve("golden").toString();
    assertThat(Golden.run("--base", parley.uri(""), "--folder", golden, "--jobs", AT_ONCE))
        .isTrue();
  }

  /** The first time on a machine a language's client is built, which takes some minutes. */
  @ParameterizedTest
  @ValueSource(strings = {"python", "go", "typescript"})
  void theGoldenConversationsPassFromOtherLanguages(String language) throws Exception {
    Path out = folder.resolve(language);
    Process process =
        new ProcessBuilder(
                CLIENTS.resolve("golden.sh").toString(),
                language,
                "--base",
                parley.uri(""),
                "--jobs",
                AT_ONCE)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(15, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    String said = said(out);
    System.out.println(said);
    assertThat(ended).as(said).isTrue();
    Assumptions.assumeTrue(process.exitValue() != TOOLS_ARE_MISSING, language + " " + said);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains(" passed, 0 failed");
  }

  private static String said(Path out) throws IOException {
    return Files.readString(out).lines().map(line -> line + "\n").reduce("", String::concat);
  }
}
