package dev.parley.documentsvc.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.documentsvc.ReaderMain;
import dev.parley.documentsvc.library.Format;
import dev.parley.documentsvc.library.Reading;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * No file takes the service down: each is read, or ends with a reason, and the next one is read.
 */
class HostileFilesTest {
  private static final Set<String> REASONS =
      Set.of(
          "DOCUMENT_UNREADABLE",
          "DOCUMENT_ENCRYPTED",
          "DOCUMENT_HAS_NO_TEXT",
          "TOO_LARGE",
          "DEADLINE_EXCEEDED");

  @TempDir private static Path folder;
  private static final ReaderPool POOL =
      new ReaderPool(
          1,
          new ReaderSettings(
              96,
              Duration.ofSeconds(8),
              Duration.ofSeconds(20),
              Duration.ofSeconds(30),
              "no-such-program",
              scratch()),
          ReaderMain.class.getName());

  private static Path scratch() {
    try {
      return Files.createTempDirectory("reader");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterAll
  static void end() {
    POOL.close();
  }

  @TestFactory
  Stream<DynamicTest> everyOneEndsWithTextOrWithAReason() {
    List<HostileFiles.Hostile> all = HostileFiles.all();
    assertThat(all).hasSizeGreaterThan(60);
    return all.stream().map(it -> DynamicTest.dynamicTest(it.name(), () -> isBounded(it)));
  }

  private static void isBounded(HostileFiles.Hostile it) throws IOException {
    Path file = Files.write(folder.resolve("hostile"), it.bytes());
    StringBuilder text = new StringBuilder();
    try {
      POOL.read(file, it.format(), read -> text.append(said(read)));
      assertThat(text).isNotEmpty();
    } catch (Failure e) {
      assertThat(REASONS).contains(e.reason());
      assertThat(e.getMessage()).isNotBlank();
    }
    assertThat(text.toString()).doesNotContain("root:x:0");
    if (it.format() == Format.PDF) {
      isDrawnOrRefused(file);
    }
  }

  private static String said(Reading read) {
    return read instanceof Reading.PageRead it
        ? it.page().text().substring(0, Math.min(1000, it.page().text().length()))
        : "";
  }

  private static void isDrawnOrRefused(Path file) {
    try {
      assertThat(POOL.picture(file, 1, 300)).isNotEmpty();
    } catch (Failure e) {
      assertThat(e.reason())
          .isIn(
              "DOCUMENT_UNREADABLE",
              "DOCUMENT_ENCRYPTED",
              "TOO_LARGE",
              "DEADLINE_EXCEEDED",
              "PAGE_NOT_FOUND");
    }
  }

  @Test
  void aGoodFileIsReadAfterOneThatEndedTheProcess() throws IOException {
    var bomb = RawPdf.page("0 0 595 842", "", "", RawPdf.bomb(500, 1), "/Filter/FlateDecode");
    Path bad = Files.write(folder.resolve("bad"), bomb.bytes());
    Path good = Files.writeString(folder.resolve("good"), "Good words.");
    try {
      POOL.read(bad, Format.PDF, _ -> {});
    } catch (Failure e) {
      assertThat(REASONS).contains(e.reason());
    }

    List<Reading> read = new ArrayList<>();
    POOL.read(good, Format.TXT, read::add);

    assertThat(read)
        .anyMatch(it -> it instanceof Reading.PageRead p && p.page().text().equals("Good words."));
  }
}
