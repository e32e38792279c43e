package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What nobody would think of sending, by schemathesis, over every operation of the REST side. */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PropertiesTest {
  private static final int TOOLS_ARE_MISSING = 77;
  @TempDir private Path folder;

  /** Over a Parley of its own: much of what is sent deletes things. */
  @Test
  void noRequestIsAnsweredOtherwiseThanTheDocumentSays() throws Exception {
    Path out = folder.resolve("out");
    try (Running parley = Running.on(folder.resolve("data"))) {
      Process process =
          new ProcessBuilder("./schemathesis.sh", parley.uri(""))
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      boolean ended = process.waitFor(25, TimeUnit.MINUTES);
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      String said = Files.readString(out);
      System.out.println(said);
      assertThat(ended).as(said).isTrue();
      Assumptions.assumeTrue(process.exitValue() != TOOLS_ARE_MISSING, said);
      assertThat(process.exitValue()).as(said).isZero();
    }
  }
}
