package dev.parley.memorysvc.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store does. */
public abstract class VectorStoreContract extends VectorSearchContract {
  @Test
  void whatIsFoundIsWhatWasPut() {
    Point point =
        new Point(
            "a",
            Optional.of(vector(1, 0)),
            "Some words, ünïcödé and \uD83D\uDE00.",
            List.of(
                new Attribute.Keyword("tag", "x"),
                new Attribute.Keyword("tag", "y"),
                new Attribute.Whole("page", -7),
                new Attribute.Whole("page", Long.MAX_VALUE),
                new Attribute.Payload("note", "z".repeat(50_000))));
    store.upsert(NOTES, List.of(point));

    Point found = nearest(vector(1, 0), List.of(), 1).getFirst().point();

    assertThat(found.id()).isEqualTo("a");
    assertThat(found.text()).isEqualTo(point.text());
    assertThat(found.attributes()).containsExactlyInAnyOrderElementsOf(point.attributes());
    assertThat(found.words("tag")).containsExactly("x", "y");
  }

  @Test
  void aPointPutAgainReplacesTheFirst() {
    store.upsert(NOTES, List.of(point("a", vector(1, 0), "old words")));
    store.upsert(NOTES, List.of(point("a", vector(0, 1), "new text")));

    assertThat(store.find(NOTES).orElseThrow().points()).isEqualTo(1);
    assertThat(lexical("old", 10)).isEmpty();
    assertThat(lexical("text", 10)).hasSize(1);
    assertThat(nearest(vector(0, 1), List.of(), 1).getFirst().cosine()).isCloseTo(1, within(1e-5));
  }

  @Test
  void pointsAreReplacedByWhatTheyHaveInCommon() {
    store.upsert(
        NOTES, List.of(tagged("a1", "a"), tagged("a2", "a"), tagged("a3", "a"), tagged("b", "b")));

    store.replace(
        NOTES, List.of(Condition.is("tag", "a")), List.of(tagged("a2", "a"), tagged("a9", "a")));

    assertThat(ids(List.of())).containsExactlyInAnyOrder("a2", "a9", "b");
  }

  @Test
  void removedPointsAreCountedAndGone() {
    store.upsert(NOTES, List.of(tagged("a1", "a"), tagged("a2", "a"), tagged("b", "b")));

    assertThat(store.remove(NOTES, List.of(Condition.is("tag", "a")))).isEqualTo(2);
    assertThat(ids(List.of())).containsExactly("b");
    assertThat(lexical("words", 10)).hasSize(1);
    assertThat(store.remove(NOTES, List.of(Condition.is("tag", "a")))).isZero();
    assertThat(store.remove(NOTES, List.of(new Condition.AnyId(Set.of("b", "c"))))).isEqualTo(1);
    store.erase(NOTES);
    assertThat(store.find(NOTES).orElseThrow().points()).isZero();
    assertThatThrownBy(() -> store.remove(NOTES, List.of())).isInstanceOf(Failure.class);
  }

  @Test
  void anOrganisationSeesItsOwnCollectionsOnly() {
    CollectionKey theirs = new CollectionKey(GLOBEX, "notes");
    store.create(theirs, SPACE);
    store.upsert(theirs, List.of(at("theirs", 1, 0)));
    store.upsert(NOTES, List.of(at("ours", 1, 0)));

    assertThat(ids(List.of())).containsExactly("ours");
    assertThat(store.list(ACME)).extracting(StoredCollection::key).containsExactly(NOTES);
    assertThat(store.list("nobody")).isEmpty();
    assertThat(store.drop(theirs)).isTrue();
    assertThat(store.find(NOTES)).isPresent();
    assertThat(store.find(theirs)).isEmpty();
  }

  @Test
  void aCollectionHasASpaceAndACountAndIsThereOnce() {
    VectorSpace wide = new VectorSpace(2048, "other/model", false);
    CollectionKey key = new CollectionKey(ACME, "wide-1");
    store.create(key, wide);
    float[] many = new float[2048];
    many[2047] = 1;
    store.upsert(key, List.of(new Point("a", Optional.of(Vector.of(many)), "", List.of())));

    assertThat(store.find(key)).contains(new StoredCollection(key, wide, 1));
    assertThat(store.list(ACME)).extracting(it -> it.key().id()).containsExactly("notes", "wide-1");
    assertThatThrownBy(() -> store.create(key, wide))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.reason()).isEqualTo("ALREADY_EXISTS"));
    assertThatThrownBy(() -> store.upsert(key, List.of(at("b", 1, 0))))
        .hasMessageContaining("32 numbers (expected 2048)");
    assertThatThrownBy(() -> store.query(key, PointQuery.nearest(vector(1, 0), List.of(), 1)))
        .hasMessageContaining("32 numbers (expected 2048)");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    CollectionKey none = new CollectionKey(ACME, "none");
    assertThat(store.find(none)).isEmpty();
    assertThat(store.drop(none)).isFalse();
    assertThatThrownBy(() -> store.upsert(none, List.of(at("a", 1, 0))))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.reason()).isEqualTo("COLLECTION_NOT_FOUND"));
    assertThatThrownBy(() -> store.query(none, PointQuery.nearest(vector(1, 0), List.of(), 1)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.reason()).isEqualTo("COLLECTION_NOT_FOUND"));
  }

  @Test
  void scanningGoesThroughAllInOrderOnce() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      points.add(i % 10 == 0 ? said("p" + i, "no vector") : at("p" + i, 1, i));
    }
    store.upsert(NOTES, points);

    List<Point> seen = new ArrayList<>();
    List<Point> page = store.scan(NOTES, List.of(), "", 40);
    while (!page.isEmpty()) {
      seen.addAll(page);
      page = store.scan(NOTES, List.of(), page.getLast().id(), 40);
    }

    assertThat(seen).hasSize(250).extracting(Point::id).doesNotHaveDuplicates();
    assertThat(seen).filteredOn(it -> it.vector().isEmpty()).hasSize(25);
    Point seventh = seen.stream().filter(it -> it.id().equals("p7")).findFirst().orElseThrow();
    assertThat(seventh.vector().orElseThrow().cosine(vector(1, 7))).isCloseTo(1, within(1e-5));
    assertThat(store.existing(NOTES, Set.of("p1", "p9", "q")))
        .containsExactlyInAnyOrder("p1", "p9");
  }

  @Test
  void aNextGenerationTakesThePlaceAtOnce() {
    store.upsert(NOTES, List.of(at("old", 1, 0)));
    VectorSpace next = new VectorSpace(8, "next", true);
    store.create(NOTES.shadow(), next);
    float[] numbers = new float[8];
    numbers[0] = 1;
    Vector vector = Vector.of(numbers);
    store.upsert(NOTES.shadow(), List.of(new Point("new", Optional.of(vector), "", List.of())));
    assertThat(store.list(ACME)).hasSize(1);
    assertThat(ours()).hasSize(2);

    store.swap(NOTES.shadow(), NOTES);

    assertThat(store.find(NOTES)).contains(new StoredCollection(NOTES, next, 1));
    assertThat(store.find(NOTES.shadow())).isEmpty();
    assertThat(store.query(NOTES, PointQuery.nearest(vector, List.of(), 5)).hits())
        .extracting(hit -> hit.point().id())
        .containsExactly("new");
  }

  @Test
  void manyWriteAtOnceAndNothingIsLost() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writes =
          IntStream.range(0, 60)
              .mapToObj(
                  i -> threads.submit(() -> store.upsert(NOTES, List.of(tagged("p" + i, "a")))))
              .toList();
      for (var write : writes) {
        write.get();
      }
    }
    assertThat(ids(List.of())).hasSize(60);
  }

  @Test
  void aSnapshotHasAName() {
    store.upsert(NOTES, List.of(at("a", 1, 0)));
    assertThat(store.snapshot(NOTES)).isNotBlank();
  }
}
