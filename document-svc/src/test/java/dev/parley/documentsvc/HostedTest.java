package dev.parley.documentsvc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one hosted service a class. */
abstract class HostedTest {
  @TempDir static Path folder;
  static Hosting parley;

  @BeforeAll
  static void start() {
    parley = new Hosting(folder.resolve("scratch"));
  }

  @AfterAll
  static void stop() {
    parley.close();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
