package dev.parley.memorysvc.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.memorysvc.embedding.Embedders;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.BackgroundRenewal;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.RenewalContract;
import dev.parley.memorysvc.vectors.VectorCollections;
import dev.parley.memorysvc.vectors.VectorSpace;
import dev.parley.memorysvc.vectors.VectorStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In a server in memory that speaks the real protocol, also from form to form. */
class QdrantRenewalTest extends RenewalContract {
  private static final CollectionKey SONGS = new CollectionKey("acme", "songs");
  private static final QdrantForm LATER = new QdrantForm(QdrantForm.THIS_FORM + 1);

  private Optional<FakeQdrant> qdrant = Optional.empty();

  @Override
  protected VectorStore open() throws Exception {
    if (qdrant.isEmpty()) {
      qdrant = Optional.of(FakeQdrant.start());
    }
    return QdrantVectorStore.at(qdrant.get().address(), Optional.empty());
  }

  private VectorStore openLater() {
    return QdrantVectorStore.at(qdrant.orElseThrow().address(), Optional.empty(), LATER);
  }

  @AfterEach
  void stopServer() throws Exception {
    qdrant.orElseThrow().close();
  }

  @Test
  void collectionsOfAnEarlierFormAnswerAndAreMadeAnewWithTheVectorsTheyHave() throws Exception {
    store.create(SONGS, new VectorSpace(2, "theirs", false));
    var song = new Point("s", Optional.of(Vector.of(1, 0)), "a song", List.of());
    store.upsert(SONGS, List.of(song));
    Set<String> before = Set.copyOf(qdrant.orElseThrow().collections.keySet());
    store.close();
    store = openLater();
    VectorCollections now = new VectorCollections(store, Embedders.only(OLD));
    assertThat(store.isOutdated(NOTES)).isTrue();
    assertThat(nearest(now, "text of p150")).isEqualTo("p150");

    try (BackgroundRenewal renewal = now.renew()) {
      until(() -> store.listAll().stream().noneMatch(it -> store.isOutdated(it.key())));
      until(() -> renewal.left() == 0);
    }

    assertThat(nearest(now, "text of p150")).isEqualTo("p150");
    assertThat(store.listAll()).extracting(it -> it.points()).containsExactly(200L, 1L);
    assertThat(store.scan(SONGS, List.of(), "", 9)).containsExactly(song);
    assertThat(qdrant.orElseThrow().collections.keySet())
        .hasSize(2)
        .doesNotContainAnyElementsOf(before);
  }

  @Test
  void whatChangesWhileTheFormDoesIsInTheNewOne() throws Exception {
    store.close();
    store = openLater();
    VectorCollections now = new VectorCollections(store, Embedders.only(OLD));
    store.create(NOTES.shadow(), store.space(NOTES));
    now.upsert(NOTES, List.of(point("p0", "changed")));
    now.remove(NOTES, List.of(new Condition.AnyId(Set.of("p1"))));
    try (BackgroundRenewal renewal = now.renew()) {
      until(() -> store.find(NOTES.shadow()).isEmpty());
      until(() -> renewal.left() == 0);
    }
    assertThat(store.isOutdated(NOTES)).isFalse();
    assertThat(store.find(NOTES).orElseThrow().points()).isEqualTo(199);
    assertThat(nearest(now, "changed")).isEqualTo("p0");
  }

  @Test
  void aCollectionOfALaterFormIsRefused() {
    store.close();
    store = openLater();
    store.create(SONGS, new VectorSpace(2, "theirs", false));
    store.close();
    store = QdrantVectorStore.at(qdrant.orElseThrow().address(), Optional.empty());
    assertThatThrownBy(() -> store.space(SONGS)).hasMessageContaining("form 2 (expected 1 to 1");
    store.close();
    store = openLater();
  }
}
