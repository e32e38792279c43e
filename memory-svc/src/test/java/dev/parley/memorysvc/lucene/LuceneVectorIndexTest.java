package dev.parley.memorysvc.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.recollection.Entry;
import dev.parley.memorysvc.recollection.Kind;
import dev.parley.memorysvc.recollection.RememberedTurn;
import dev.parley.memorysvc.recollection.Scope;
import dev.parley.memorysvc.recollection.Vector;
import dev.parley.memorysvc.recollection.VectorIndex;
import dev.parley.memorysvc.recollection.VectorIndexContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneVectorIndexTest extends VectorIndexContract {
  @TempDir Path folder;

  @Override
  protected VectorIndex open() {
    return LuceneVectorIndex.open(folder, "test", DIMENSIONS);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterReopening() {
    index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0))));
    index.close();
    index = open();
    assertThat(found(Scope.of(ANN))).containsExactly("m1");
  }

  @Test
  void whatWasAcknowledgedIsInTheFilesOfAProcessThatNeverCloses(@TempDir Path copy)
      throws IOException {
    for (int i = 0; i < 20; i++) {
      index.put(List.of(entry(ANN, "m" + i, "ada", "s1", vector(1, i))));
    }
    index.remove(Scope.of(ANN).in("s2"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().equals("write.lock")) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    try (VectorIndex survivor = LuceneVectorIndex.open(copy, "test", DIMENSIONS)) {
      assertThat(survivor.nearest(vector(1, 0), Scope.of(ANN), 100)).hasSize(20);
    }
  }

  @Test
  void aDamagedIndexKeepsWhatIsWholeAndGoesOn() throws IOException {
    for (int i = 0; i < 3; i++) {
      index.put(List.of(entry(ANN, "m" + i, "ada", "s1", vector(1, i))));
    }
    index.close();
    cutShort(first("_", ".cfs"));
    index = open();
    assertThat(found(Scope.of(ANN))).hasSize(2);
    index.put(List.of(entry(ANN, "m9", "ada", "s1", vector(1, 9))));
    assertThat(found(Scope.of(ANN))).hasSize(3).contains("m9");
  }

  @Test
  void anIndexOfWhichNothingCanBeReadIsPutAsideAndBegunAnew() throws IOException {
    index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0))));
    index.close();
    cutShort(first("segments_", ""));
    index = open();
    assertThat(found(Scope.of(ANN))).isEmpty();
    index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0))));
    assertThat(found(Scope.of(ANN))).containsExactly("m1");
  }

  @Test
  void whatWasAcknowledgedSurvivesKillNine(@TempDir Path other) throws Exception {
    Path arguments =
        Files.writeString(
            other.resolve("arguments"), "-cp \"" + System.getProperty("java.class.path") + '"');
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "@" + arguments,
                WritesUntilKilled.class.getName(),
                other.resolve("vectors").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = 0;
    try (var out = process.inputReader()) {
      while (acknowledged < 25) {
        acknowledged = Integer.parseInt(out.readLine());
      }
      process.destroyForcibly().waitFor();
    }
    try (VectorIndex survivor =
        LuceneVectorIndex.open(other.resolve("vectors"), "test", DIMENSIONS)) {
      assertThat(survivor.nearest(vector(1, 0), Scope.of(ANN), 1000))
          .hasSizeGreaterThanOrEqualTo(acknowledged);
    }
  }

  private Path first(String begin, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(it -> it.getFileName().toString().startsWith(begin))
          .filter(it -> it.getFileName().toString().endsWith(end))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static void cutShort(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  void forgottenWordsAreInNoFile() throws IOException {
    String secret =
        new Random(5)
            .ints(4000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    RememberedTurn turn = new RememberedTurn("t1", "s1", "ada", secret, "", Instant.EPOCH);
    index.put(List.of(entry(BOB, "m0", "ada", "s0", vector(0, 1))));
    index.put(List.of(new Entry(ANN, "m1", Kind.TOLD, vector(1, 0), turn)));
    assertThat(partsOnDisk(secret)).isPositive();

    index.remove(Scope.of(ANN));

    assertThat(partsOnDisk(secret)).isZero();
    assertThat(found(Scope.of(BOB))).containsExactly("m0");
  }

  @Test
  void aSecondStartOnOneFolderIsRefusedAndTheFirstGoesOn() {
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("in use by another process");
    index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0))));
    assertThat(found(Scope.of(ANN))).containsExactly("m1");
  }

  @Test
  void anIndexOfAnotherModelIsRefused() {
    index.close();
    assertThatThrownBy(() -> LuceneVectorIndex.open(folder, "other", DIMENSIONS))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("test/384")
        .hasMessageContaining("other/384");
    index = open();
  }

  @Test
  void aVectorOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> index.nearest(Vector.of(1, 2), Scope.of(ANN), 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("2 numbers (expected 384)");
  }

  @Test
  void aFailedWriteIsNotAcknowledgedAndTheNextOneWorks() throws IOException {
    index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0))));
    Entry unwritable = entry(ANN, "m" + "x".repeat(40_000), "ada", "s1", vector(1, 0));

    assertThatThrownBy(() -> index.put(List.of(unwritable)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be written");
    index.put(List.of(entry(ANN, "m2", "ada", "s1", vector(1, 0))));

    assertThat(found(Scope.of(ANN))).containsExactlyInAnyOrder("m1", "m2");
    assertThat(index.isHealthy()).isTrue();
  }

  @Test
  void aClosedIndexSaysSo() {
    index.close();
    assertThatThrownBy(() -> index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0)))))
        .hasMessageContaining("closed");
  }

  private long partsOnDisk(String words) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long count = 0;
      for (Path file : files.toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        // Stored fields are compressed in small blocks, so parts of the words are looked for.
        count +=
            IntStream.range(0, words.length() / 20)
                .filter(i -> bytes.contains(words.substring(i * 20, i * 20 + 20)))
                .count();
      }
      return count;
    }
  }
}
