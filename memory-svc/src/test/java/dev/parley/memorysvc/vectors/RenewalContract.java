package dev.parley.memorysvc.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Embedders;
import dev.parley.memorysvc.embedding.Vector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A change of the embedding model, with a new model that embeds as many texts as it is let. Every
 * store passes it.
 */
@Timeout(60)
public abstract class RenewalContract {
  protected static final CollectionKey NOTES = new CollectionKey("acme", "notes");
  protected static final FixedEmbedder OLD = new FixedEmbedder("old", 16);
  private static final FixedEmbedder NEW = new FixedEmbedder("new", 24);
  private static final int POINTS = 200;

  protected VectorStore store;
  private final Semaphore allowed = new Semaphore(0);

  /** The new model, which fails once it may embed no more. */
  private final Embedder slow =
      new Embedder() {
        @Override
        public String model() {
          return NEW.model();
        }

        @Override
        public int dimensions() {
          return NEW.dimensions();
        }

        @Override
        public List<Vector> embed(List<String> texts) {
          if (!allowed.tryAcquire(texts.size())) {
            throw Failure.unavailable("not now", Duration.ofSeconds(1));
          }
          return NEW.embed(texts);
        }
      };

  /** The store as it was left, or a new one at first. */
  protected abstract VectorStore open() throws Exception;

  @BeforeEach
  void fillWithTheOldModel() throws Exception {
    store = open();
    VectorCollections before = new VectorCollections(store, Embedders.only(OLD));
    before.ensure(NOTES);
    before.upsert(NOTES, IntStream.range(0, POINTS).mapToObj(i -> said("p" + i)).toList());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void questionsAreAnsweredByTheOldModelUntilTheNewOneIsWhole() throws Exception {
    VectorCollections now = new VectorCollections(store, withOld());
    allowed.release(100);
    try (BackgroundRenewal renewal = now.renew()) {
      until(() -> store.find(NOTES.shadow()).filter(it -> it.points() >= 64).isPresent());
      assertThat(renewal.left()).isEqualTo(1);
      assertThat(nearest(now, "text of p150")).isEqualTo("p150");
      allowed.release(100_000);
      until(() -> renewal.left() == 0);
    }
    assertThat(store.space(NOTES)).isEqualTo(new VectorSpace(24, "new", true));
    assertThat(store.find(NOTES).orElseThrow().points()).isEqualTo(POINTS);
    assertThat(store.find(NOTES.shadow())).isEmpty();
    assertThat(nearest(now, "text of p150")).isEqualTo("p150");
  }

  @Test
  void whatChangesMeanwhileIsInTheNewGeneration() throws Exception {
    VectorCollections now = new VectorCollections(store, withOld());
    allowed.release(70);
    try (BackgroundRenewal renewal = now.renew()) {
      until(() -> store.find(NOTES.shadow()).filter(it -> it.points() >= 64).isPresent());
      allowed.release(100);
      now.upsert(NOTES, List.of(said("fresh"), point("p0", "changed")));
      now.remove(NOTES, List.of(new Condition.AnyId(java.util.Set.of("p1", "p199"))));
      assertThat(nearest(now, "changed")).isEqualTo("p0");
      allowed.release(100_000);
      until(() -> renewal.left() == 0);
    }
    assertThat(store.find(NOTES).orElseThrow().points()).isEqualTo(POINTS - 1);
    assertThat(nearest(now, "changed")).isEqualTo("p0");
    assertThat(nearest(now, "text of fresh")).isEqualTo("fresh");
  }

  @Test
  void anInterruptedRenewalGoesOnWithWhatIsMissing() throws Exception {
    allowed.release(140);
    try (BackgroundRenewal first = new VectorCollections(store, withOld()).renew()) {
      until(() -> store.find(NOTES.shadow()).filter(it -> it.points() >= 128).isPresent());
    }
    store.close();
    store = open();
    allowed.drainPermits();
    allowed.release(POINTS - 128);
    try (BackgroundRenewal second = new VectorCollections(store, withOld()).renew()) {
      until(() -> store.find(NOTES.shadow()).isEmpty());
    }
    assertThat(store.find(NOTES).orElseThrow().points()).isEqualTo(POINTS);
  }

  @Test
  void withoutTheOldModelWordsAreFoundAndMeaningIsLeftOut() {
    VectorCollections now = new VectorCollections(store, Embedders.only(NEW));
    Found found = now.query(NOTES, question("p150"));
    assertThat(found.leftOut()).containsExactly(Leg.DENSE);
    assertThat(found.hits().getFirst().point().id()).isEqualTo("p150");
  }

  @Test
  void aMeaningThatIsLateLeavesTimeToLookByWords() {
    var never = new Semaphore(0);
    Embedder stuck =
        new Embedder() {
          @Override
          public String model() {
            return OLD.model();
          }

          @Override
          public int dimensions() {
            return OLD.dimensions();
          }

          @Override
          public List<Vector> embed(List<String> texts) {
            never.acquireUninterruptibly();
            return OLD.embed(texts);
          }
        };
    VectorCollections collections = new VectorCollections(store, Embedders.only(stuck));
    Deadline deadline = Deadline.in(Duration.ofSeconds(3));
    Found found =
        collections.query(
            NOTES, new Question(Optional.empty(), "p150", List.of(), List.of(), 5, deadline));
    never.release();
    assertThat(found.leftOut()).containsExactly(Leg.DENSE);
    assertThat(found.hits().getFirst().point().id()).isEqualTo("p150");
  }

  @Test
  void collectionsOfTheirOwnersVectorsAreLeftAlone() throws Exception {
    CollectionKey own = new CollectionKey("acme", "songs");
    store.create(own, new VectorSpace(3, "theirs", false));
    allowed.release(100_000);
    try (BackgroundRenewal renewal = new VectorCollections(store, withOld()).renew()) {
      until(() -> store.space(NOTES).model().equals("new"));
    }
    assertThat(store.space(own).model()).isEqualTo("theirs");
  }

  private Embedders withOld() {
    return new Embedders(slow, model -> Optional.of(OLD));
  }

  protected static String nearest(VectorCollections collections, String text) {
    Question question =
        new Question(Optional.empty(), text, List.of(Leg.DENSE), List.of(), 1, Deadline.none());
    return collections.query(NOTES, question).hits().getFirst().point().id();
  }

  private static Question question(String text) {
    return new Question(Optional.empty(), text, List.of(), List.of(), 5, Deadline.none());
  }

  protected static Point said(String id) {
    return point(id, "text of " + id);
  }

  protected static Point point(String id, String text) {
    return new Point(id, Optional.empty(), text, List.of());
  }

  protected static void until(java.util.function.BooleanSupplier done) throws InterruptedException {
    while (!done.getAsBoolean()) {
      Thread.sleep(20);
    }
  }
}
