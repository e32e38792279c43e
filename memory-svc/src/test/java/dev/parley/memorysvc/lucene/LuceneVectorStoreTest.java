package dev.parley.memorysvc.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.PointQuery;
import dev.parley.memorysvc.vectors.VectorStore;
import dev.parley.memorysvc.vectors.VectorStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneVectorStoreTest extends VectorStoreContract {
  @TempDir Path folder;

  @Override
  protected VectorStore open() {
    return LuceneVectorStore.open(folder);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterReopening() {
    store.upsert(NOTES, List.of(at("a", 1, 0)));
    store.close();
    store = open();
    assertThat(ids(List.of())).containsExactly("a");
    assertThat(store.find(NOTES).orElseThrow().space()).isEqualTo(SPACE);
  }

  @Test
  void whatWasAcknowledgedIsInTheFilesOfAProcessThatNeverCloses(@TempDir Path copy)
      throws IOException {
    for (int i = 0; i < 20; i++) {
      store.upsert(NOTES, List.of(at("p" + i, 1, i)));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(it -> !it.endsWith("write.lock")).toList()) {
        Path target = copy.resolve(folder.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    try (VectorStore survivor = LuceneVectorStore.open(copy)) {
      assertThat(survivor.find(NOTES).orElseThrow().points()).isEqualTo(20);
    }
  }

  @Test
  void aDamagedIndexKeepsWhatIsWholeAndGoesOn() throws IOException {
    for (int i = 0; i < 3; i++) {
      store.upsert(NOTES, List.of(at("p" + i, 1, i)));
    }
    store.close();
    cutShort(first("_", ".cfs"));
    store = open();
    assertThat(ids(List.of())).hasSize(2);
    store.upsert(NOTES, List.of(at("p9", 1, 9)));
    assertThat(ids(List.of())).hasSize(3).contains("p9");
  }

  @Test
  void anIndexOfWhichNothingCanBeReadIsPutAsideAndBegunAnew() throws IOException {
    store.upsert(NOTES, List.of(at("a", 1, 0)));
    store.close();
    cutShort(first("segments_", ""));
    store = open();
    assertThat(ids(List.of())).isEmpty();
    store.upsert(NOTES, List.of(at("a", 1, 0)));
    assertThat(ids(List.of())).containsExactly("a");
  }

  /** With the shortest pause, merges run between and during all changes. */
  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "PT0.001S"})
  void whatWasAcknowledgedSurvivesKillNine(Duration pause, @TempDir Path other) throws Exception {
    Path arguments =
        Files.writeString(
            other.resolve("arguments"), "-cp \"" + System.getProperty("java.class.path") + '"');
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "@" + arguments,
                WritesUntilKilled.class.getName(),
                other.resolve("vectors").toString(),
                pause.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = 0;
    try (var out = process.inputReader()) {
      while (acknowledged < 25) {
        acknowledged = Integer.parseInt(out.readLine());
      }
      process.destroyForcibly().waitFor();
    }
    try (VectorStore survivor = LuceneVectorStore.open(other.resolve("vectors"))) {
      assertThat(survivor.find(WritesUntilKilled.KEY).orElseThrow().points())
          .isGreaterThanOrEqualTo(acknowledged);
    }
  }

  @Test
  void aSnapshotOpensAsAnIndex() {
    store.upsert(NOTES, List.of(at("a", 1, 0), at("b", 0, 1)));
    Path snapshot = Path.of(store.snapshot(NOTES));
    store.upsert(NOTES, List.of(at("c", 1, 1)));
    try (LuceneCollection copy =
        LuceneCollection.open(snapshot, DIMENSIONS, Duration.ofMinutes(1))) {
      assertThat(copy.count()).isEqualTo(2);
    }
  }

  @Test
  void aRemovedCollectionLeavesNoFileAndNeitherDoesACrashInBetween() throws IOException {
    store.upsert(NOTES, List.of(at("a", 1, 0)));
    store.close();
    Files.delete(first("", ".properties"));
    store = open();
    assertThat(store.find(NOTES)).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).extracting(it -> it.getFileName().toString()).containsExactly("lock");
    }
  }

  @Test
  void aSecondStartOnOneFolderIsRefusedAndTheFirstGoesOn() {
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("in use by another process");
    store.upsert(NOTES, List.of(at("a", 1, 0)));
    assertThat(ids(List.of())).containsExactly("a");
  }

  @Test
  void aFailedWriteIsNotAcknowledgedAndTheNextOneWorks() {
    store.upsert(NOTES, List.of(at("a", 1, 0)));

    assertThatThrownBy(() -> store.upsert(NOTES, List.of(at("x".repeat(40_000), 1, 0))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be written");
    store.upsert(NOTES, List.of(at("b", 1, 0)));

    assertThat(ids(List.of())).containsExactlyInAnyOrder("a", "b");
    assertThat(store.isHealthy()).isTrue();
  }

  @Test
  void aClosedStoreSaysSo() {
    store.close();
    assertThatThrownBy(() -> store.upsert(NOTES, List.of(at("a", 1, 0))))
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> store.query(NOTES, PointQuery.nearest(Vector.of(1, 0), List.of(), 1)))
        .hasMessageContaining("closed");
    assertThat(store.isHealthy()).isFalse();
  }

  private Path first(String begin, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(it -> it.getFileName().toString().startsWith(begin))
          .filter(it -> it.getFileName().toString().endsWith(end))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static void cutShort(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }
}
