package dev.parley.memorysvc.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.hnsw.DefaultFlatVectorScorer;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Segments are merged while nothing is put, which nobody has to wait for. */
@Timeout(60)
class MergingTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final int DIMENSIONS = 64;

  private final Random random = new Random(5);
  @TempDir private Path folder;

  @Test
  void afterAPauseFewSegmentsAreLeftAndEverythingIsInThem() throws InterruptedException {
    try (Commits commits = Commits.open(folder, NEVER)) {
      put(commits, 0, 6, 50);
      assertThat(segments(commits)).isEqualTo(6);
    }
    try (Commits commits = Commits.open(folder, AT_ONCE)) {
      while (segments(commits) > 2) {
        Thread.sleep(5);
      }
      assertThat(points(commits)).isEqualTo(300);
    }
    try (Commits commits = Commits.open(folder, NEVER)) {
      assertThat(segments(commits)).isLessThanOrEqualTo(2);
      assertThat(points(commits)).isEqualTo(300);
    }
  }

  @Test
  void whatIsPutWhileSegmentsAreMergedIsThereToo() throws InterruptedException {
    try (Commits commits = Commits.open(folder, AT_ONCE)) {
      for (int i = 0; i < 30; i++) {
        put(commits, i, 1, 40);
        Thread.sleep(i % 4);
        assertThat(points(commits)).isEqualTo(40 * (i + 1));
      }
    }
    try (Commits commits = Commits.open(folder, NEVER)) {
      assertThat(points(commits)).isEqualTo(1200);
    }
  }

  @Test
  void anIndexThatIsClosedWhileItMergesIsAsItWasCommitted() {
    try (Commits commits = Commits.open(folder, NEVER)) {
      put(commits, 0, 4, 600);
    }
    for (int i = 0; i < 5; i++) {
      try (Commits commits = Commits.open(folder, AT_ONCE)) {
        put(commits, 4 + i, 1, 1);
      }
    }
    try (Commits commits = Commits.open(folder, NEVER)) {
      assertThat(points(commits)).isEqualTo(2405);
    }
  }

  @Test
  void whatIsErasedWhileSegmentsAreMergedIsInNoFile() throws IOException {
    try (Commits commits = Commits.open(folder, NEVER)) {
      put(commits, 0, 6, 300);
    }
    for (int i = 0; i < 6; i++) {
      try (LuceneCollection points = LuceneCollection.open(folder, DIMENSIONS, AT_ONCE)) {
        points.upsert(List.of(new Point("new" + i, Optional.of(vector()), "words", List.of())));
        points.remove(List.of(new Condition.AnyId(Set.of(i + "-7", i + "-8"))));
        points.erase();
      }
      try (var directory = FSDirectory.open(folder);
          var reader = DirectoryReader.open(directory)) {
        assertThat(reader.hasDeletions()).isFalse();
        assertThat(reader.numDocs()).isEqualTo(1800 - i - 1);
      }
    }
  }

  @Test
  void aGraphIsNotBuiltOnForAnIndexThatIsClosed() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    FlatVectorsScorer ending = new EndingScorer(DefaultFlatVectorScorer.INSTANCE, closed::get);
    var values = FloatVectorValues.fromFloats(List.of(new float[] {1, 0}, new float[] {0, 1}), 2);
    var scorer =
        ending.getRandomVectorScorerSupplier(VectorSimilarityFunction.DOT_PRODUCT, values).scorer();
    scorer.setScoringOrdinal(0);
    assertThat(scorer.score(1)).isEqualTo(0.5f);

    closed.set(true);

    assertThatThrownBy(() -> scorer.setScoringOrdinal(1))
        .isInstanceOf(MergePolicy.MergeAbortedException.class);
  }

  /** So many changes from one on, each of so many points. */
  private void put(Commits commits, int from, int changes, int points) {
    for (int i = from; i < from + changes; i++) {
      String change = i + "-";
      List<Point> all =
          IntStream.range(0, points)
              .mapToObj(
                  it -> new Point(change + it, Optional.of(vector()), "words of " + it, List.of()))
              .toList();
      commits.change(writer -> {
        for (Point it : all) {
          writer.addDocument(PointFields.document(it));
        }
      });
    }
  }

  private Vector vector() {
    float[] numbers = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Vector.of(numbers);
  }

  private static int segments(Commits commits) {
    return commits.search(searcher -> searcher.getIndexReader().leaves().size());
  }

  private static int points(Commits commits) {
    return commits.search(searcher -> searcher.getIndexReader().numDocs());
  }
}
