package dev.parley.memorysvc.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.memorysvc.embedding.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store answers to questions. */
abstract class VectorSearchContract extends StoreFixture {
  private static final Duration HOUR = Duration.ofHours(1);

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

  private static Condition between(long least, long below) {
    return new Condition.InRange("page", Optional.of(least), Optional.of(below));
  }

  private static Vector random(Random random) {
    float[] numbers = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Vector.of(numbers);
  }
}
