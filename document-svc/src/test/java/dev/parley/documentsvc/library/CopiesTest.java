package dev.parley.documentsvc.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiesTest {
  private static final byte[] HALF = new byte[100_000];

  @TempDir private Path folder;

  @Test
  void nothingOfAFileThatCouldNotBeFetchedStaysOnTheDisk() {
    var copies = new Copies(new Broken(), folder);
    assertThatThrownBy(() -> copies.open(document()))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("STORE_FAILED"));
    assertThat(folder).isEmptyDirectory();
  }

  private static Document document() {
    var file = new Spool.Kept(Path.of("none"), 2L * HALF.length, "0".repeat(64), Format.TXT);
    var upload = new Upload("a.txt", "c", List.of());
    return Document.stored("d", Owner.LOCAL, upload, file, Instant.EPOCH);
  }

  /** Breaks off after the first half. */
  private static final class Broken implements Originals {
    @Override
    public void put(String key, Path file, String contentType) {}

    @Override
    public InputStream read(String key, long offset, long length) {
      return new SequenceInputStream(
          new ByteArrayInputStream(HALF),
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("the connection was lost");
            }
          });
    }

    @Override
    public void remove(String key) {}
  }
}
