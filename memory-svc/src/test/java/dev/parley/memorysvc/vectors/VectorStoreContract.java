package dev.parley.memorysvc.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. */
public abstract class VectorStoreContract {
  protected static final int DIMENSIONS = 32;
  private static final String ACME = "test-acme";
  private static final String GLOBEX = "test Glo bex/../x";
  protected static final CollectionKey NOTES = new CollectionKey(ACME, "notes");
  protected static final VectorSpace SPACE = new VectorSpace(DIMENSIONS, "test", true);

  protected VectorStore store;

  /** A store; the same one when it is opened again in a test. */
  protected abstract VectorStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
    ours().forEach(it -> store.drop(it.key()));
    store.create(NOTES, SPACE);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void theNearestComesFirstWithItsCosineAndPlace() {
    store.upsert(NOTES, List.of(at("a", 1, 0), at("b", 1, 1), at("c", -1, 0)));

    List<PointHit> hits = nearest(vector(1, 0), List.of(), 2);

    assertThat(hits).extracting(hit -> hit.point().id()).containsExactly("a", "b");
    assertThat(hits.get(0).cosine()).isCloseTo(1, within(1e-5));
    assertThat(hits.get(1).cosine()).isCloseTo(Math.sqrt(0.5), within(1e-5));
    assertThat(hits.get(1).score()).isCloseTo(Math.sqrt(0.5), within(1e-5));
    assertThat(hits.get(1).denseRank()).isEqualTo(2);
    assertThat(hits.get(1).lexicalRank()).isZero();
  }

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
  void wordsAreFoundByTheirRarity() {
    store.upsert(
        NOTES,
        List.of(
            said("a", "the cat sat on the mat"),
            said("b", "the dog sat on the rug"),
            said("c", "the zebra stood in the grass"),
            said("d", "the bird sat in the tree")));

    List<PointHit> hits = lexical("the Zebras and the cat's mat", 10);

    assertThat(hits).extracting(hit -> hit.point().id()).startsWith("a", "c");
    assertThat(hits.getFirst().bm25()).isPositive().isEqualTo(hits.getFirst().score());
    assertThat(hits).extracting(PointHit::lexicalRank).isSorted().startsWith(1);
    assertThat(lexical("unicorn", 10)).isEmpty();
    assertThat(lexical("?!", 10)).isEmpty();
  }

  @Test
  void bothWaysAreFusedByReciprocalRank() {
    store.upsert(
        NOTES,
        List.of(
            point("both", vector(1, 0.2f), "red apple"),
            point("near", vector(1, 0), "nothing to see"),
            point("word", vector(-1, 0), "an apple a day"),
            point("far", vector(-1, 0.5f), "other things")));
    PointQuery query =
        new PointQuery(Optional.of(vector(1, 0)), "apple red", List.of(), 3, Deadline.in(HOUR));

    Found found = store.query(NOTES, query);

    assertThat(found.leftOut()).isEmpty();
    PointHit first = found.hits().getFirst();
    assertThat(first.point().id()).isEqualTo("both");
    assertThat(first.denseRank()).isEqualTo(2);
    assertThat(first.lexicalRank()).isEqualTo(1);
    assertThat(first.score()).isCloseTo(1.0 / 62 + 1.0 / 61, within(1e-6));
    assertThat(found.hits()).extracting(hit -> hit.point().id()).contains("near", "word");
    PointHit word =
        found.hits().stream().filter(it -> it.point().id().equals("word")).findFirst().get();
    assertThat(word.cosine()).isCloseTo(-1, within(1e-5));
    assertThat(word.bm25()).isPositive();
  }

  @Test
  void theLargestNumbersComeWithAllThatShareTheSmallestOfThem() {
    assertThat(store.largest(NOTES, List.of(), "day", Long.MAX_VALUE, 2)).isEmpty();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      points.add(
          new Point(
              "p" + i,
              Optional.empty(),
              "words",
              List.of(
                  new Attribute.Whole("day", i / 3),
                  new Attribute.Keyword("kind", i % 2 == 0 ? "even" : "odd"))));
    }
    store.upsert(NOTES, points);
    assertThat(largest(List.of(), Long.MAX_VALUE, 2)).containsExactlyInAnyOrder(27, 28, 29);
    assertThat(largest(List.of(), 9, 4)).containsExactlyInAnyOrder(21, 22, 23, 24, 25, 26);
    assertThat(largest(List.of(Condition.is("kind", "even")), 9, 2))
        .containsExactlyInAnyOrder(24, 26);
    assertThat(largest(List.of(), 1, 10)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(largest(List.of(), 0, 10)).isEmpty();
  }

  private List<Integer> largest(List<Condition> conditions, long below, int limit) {
    return store.largest(NOTES, conditions, "day", below, limit).stream()
        .map(it -> Integer.valueOf(it.id().substring(1)))
        .toList();
  }

  @Test
  protected void conditionsNarrowBothWays() {
    store.upsert(
        NOTES,
        IntStream.range(0, 40)
            .mapToObj(i ->
                new Point(
                    "p" + i,
                    Optional.of(vector(1, i)),
                    "same words",
                    List.of(
                        new Attribute.Keyword("colour", i % 2 == 0 ? "red" : "blue"),
                        new Attribute.Keyword("colour", "c" + i),
                        new Attribute.Whole("page", i))))
            .toList());
    assertThat(ids(List.of(Condition.is("colour", "red")))).hasSize(20);
    assertThat(ids(List.of(new Condition.AnyKeyword("colour", Set.of("c1", "c2", "green")))))
        .containsExactlyInAnyOrder("p1", "p2");
    assertThat(ids(List.of(between(3, 6)))).containsExactlyInAnyOrder("p3", "p4", "p5");
    assertThat(ids(List.of(between(3, 6), Condition.is("colour", "red")))).containsExactly("p4");
    assertThat(ids(List.of(between(3, 6), new Condition.Not(Condition.is("colour", "red")))))
        .containsExactlyInAnyOrder("p3", "p5");
    assertThat(ids(List.of(new Condition.Not(between(2, 100)))))
        .containsExactlyInAnyOrder("p0", "p1");
    assertThat(ids(List.of(new Condition.AnyId(Set.of("p7", "nobody"))))).containsExactly("p7");
    assertThat(ids(List.of(Condition.is("size", "red")))).isEmpty();
    assertThat(ids(List.of(new Condition.Not(Condition.is("size", "red"))))).hasSize(40);
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
  void afterTheDeadlineBothWaysAreLeftOut() {
    store.upsert(NOTES, List.of(point("a", vector(1, 0), "words")));
    Found found =
        store.query(
            NOTES,
            new PointQuery(
                Optional.of(vector(1, 0)), "words", List.of(), 5, Deadline.in(Duration.ZERO)));
    assertThat(found.hits()).isEmpty();
    assertThat(found.leftOut()).containsExactlyInAnyOrder(Leg.DENSE, Leg.LEXICAL);
  }

  @Test
  void agreesWithLookingAtEveryPoint() {
    Random random = new Random(7);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      points.add(
          new Point(
              "p" + i,
              Optional.of(random(random)),
              "",
              List.of(new Attribute.Keyword("third", "t" + i % 3))));
    }
    for (int from = 0; from < points.size(); from += 500) {
      store.upsert(NOTES, points.subList(from, from + 500));
    }
    int same = 0;
    for (int i = 0; i < 20; i++) {
      Vector query = random(random);
      List<Condition> conditions = i % 2 == 0 ? List.of() : List.of(Condition.is("third", "t1"));
      List<String> exact =
          points.stream()
              .filter(it -> Condition.all(conditions, it))
              .sorted(
                  Comparator.comparingDouble(
                      (Point it) -> -it.vector().orElseThrow().cosine(query)))
              .limit(10)
              .map(Point::id)
              .toList();
      List<PointHit> hits = nearest(query, conditions, 10);
      same += (int) hits.stream().filter(hit -> exact.contains(hit.point().id())).count();
    }
    assertThat(same).as("of 200 nearest").isGreaterThanOrEqualTo(194);
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

  private static final Duration HOUR = Duration.ofHours(1);

  /** A real server may hold other people's. */
  private List<StoredCollection> ours() {
    return store.listAll().stream()
        .filter(it -> Set.of(ACME, GLOBEX).contains(it.key().organisation()))
        .toList();
  }

  protected List<String> ids(List<Condition> conditions) {
    List<String> dense =
        nearest(vector(1, 0), conditions, 100).stream().map(it -> it.point().id()).toList();
    assertThat(store.scan(NOTES, conditions, "", 100)).extracting(Point::id).containsAll(dense);
    return dense;
  }

  protected List<PointHit> nearest(Vector vector, List<Condition> conditions, int limit) {
    return store.query(NOTES, PointQuery.nearest(vector, conditions, limit)).hits();
  }

  private List<PointHit> lexical(String words, int limit) {
    return store
        .query(NOTES, new PointQuery(Optional.empty(), words, List.of(), limit, Deadline.none()))
        .hits();
  }

  private static Condition between(long least, long below) {
    return new Condition.InRange("page", Optional.of(least), Optional.of(below));
  }

  protected static Point at(String id, float x, float y) {
    return point(id, vector(x, y), "");
  }

  private static Point said(String id, String text) {
    return new Point(id, Optional.empty(), text, List.of());
  }

  private static Point point(String id, Vector vector, String text) {
    return new Point(id, Optional.of(vector), text, List.of());
  }

  private static Point tagged(String id, String tag) {
    return new Point(
        id, Optional.of(vector(1, 1)), "words", List.of(new Attribute.Keyword("tag", tag)));
  }

  protected static Vector vector(float x, float y) {
    float[] values = new float[DIMENSIONS];
    values[0] = x;
    values[1] = y;
    return Vector.of(values);
  }

  private static Vector random(Random random) {
    float[] numbers = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Vector.of(numbers);
  }
}
