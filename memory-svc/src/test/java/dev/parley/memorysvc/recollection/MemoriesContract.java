package dev.parley.memorysvc.recollection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Embedders;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.FixedEmbedder;
import dev.parley.memorysvc.vectors.VectorCollections;
import dev.parley.memorysvc.vectors.VectorStore;
import java.time.Instant;
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

/** What memories do in every store. */
public abstract class MemoriesContract {
  protected static final int DIMENSIONS = 384;
  protected static final Owner ANN = new Owner("acme", "ann");
  protected static final Owner BOB = new Owner("acme", "bob");
  private static final Owner OTHER_ANN = new Owner("globex", "ann");

  protected Memories index;
  private VectorStore store;

  /** A new, empty store. */
  protected abstract VectorStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
    index =
        new Memories(
            store,
            new VectorCollections(store, Embedders.only(new FixedEmbedder("test", DIMENSIONS))));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void theNearestComesFirstWithItsCosine() {
    index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0))));
    index.put(List.of(entry(ANN, "m2", "ada", "s1", vector(1, 1))));
    index.put(List.of(entry(ANN, "m3", "ada", "s1", vector(-1, 0))));

    List<Hit> hits = index.nearest("", vector(1, 0), Scope.of(ANN), 2);

    assertThat(hits).extracting(Hit::memoryId).containsExactly("m1", "m2");
    assertThat(hits.get(0).cosine()).isCloseTo(1.0, within(1e-5));
    assertThat(hits.get(1).cosine()).isCloseTo(Math.sqrt(0.5), within(1e-5));
  }

  @Test
  void whatIsFoundIsWhatWasPut() {
    Entry entry = entry(ANN, "m1", "ada", "s1", vector(1, 0));
    index.put(List.of(entry));

    Hit hit = index.nearest("", vector(1, 0), Scope.of(ANN), 1).getFirst();

    assertThat(hit.item()).isEqualTo(entry.item());
    assertThat(hit.kind()).isEqualTo(Kind.TOLD);
  }

  @Test
  void nobodyFindsOrRemovesTheMemoriesOfAnother() {
    index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0))));
    index.put(List.of(entry(BOB, "m1", "ada", "s1", vector(1, 0.5f))));

    assertThat(index.nearest("", vector(1, 0), Scope.of(OTHER_ANN), 10)).isEmpty();
    assertThat(index.nearest("", vector(1, 0), Scope.of(BOB), 10)).hasSize(1);
    assertThat(index.remove(Scope.of(BOB).only(Set.of("m1")))).isEqualTo(1);
    assertThat(index.nearest("", vector(1, 0), Scope.of(ANN), 10)).hasSize(1);
    assertThat(index.nearest("", vector(1, 0), Scope.of(BOB), 10)).isEmpty();
  }

  @Test
  void aScopeNarrowsToCharacterSessionAndMemories() {
    index.put(List.of(entry(ANN, "m1", "ada", "s1", vector(1, 0))));
    index.put(List.of(entry(ANN, "m2", "ada", "s2", vector(1, 0))));
    index.put(List.of(entry(ANN, "m3", "ben", "s3", vector(1, 0))));

    assertThat(found(Scope.of(ANN))).containsExactlyInAnyOrder("m1", "m2", "m3");
    assertThat(found(Scope.of(ANN).with("ada"))).containsExactlyInAnyOrder("m1", "m2");
    assertThat(found(Scope.of(ANN).in("s2"))).containsExactly("m2");
    assertThat(found(Scope.of(ANN).with("ada").except("s2"))).containsExactly("m1");
    assertThat(found(Scope.of(ANN).only(Set.of("m1", "m3")))).containsExactlyInAnyOrder("m1", "m3");
    assertThat(found(Scope.of(ANN).with("nobody"))).isEmpty();
  }

  @Test
  void aMemoryPutAgainReplacesAllItsEntries() {
    Entry first = entry(ANN, "m1", "ada", "s1", vector(1, 0));
    index.put(List.of(first, entry(ANN, "m1", "ada", "s1", vector(0, 1))));
    assertThat(found(Scope.of(ANN))).hasSize(2);

    index.put(List.of(first));

    assertThat(found(Scope.of(ANN))).containsExactly("m1");
  }

  @Test
  void removingCountsMemoriesNotEntriesAndTheRestStays() {
    Entry first = entry(ANN, "m1", "ada", "s1", vector(1, 0));
    index.put(List.of(first, entry(ANN, "m1", "ada", "s1", vector(0, 1))));
    index.put(List.of(entry(ANN, "m2", "ada", "s2", vector(1, 0))));

    assertThat(index.remove(Scope.of(ANN).in("s1"))).isEqualTo(1);
    assertThat(found(Scope.of(ANN))).containsExactly("m2");
    assertThat(index.remove(Scope.of(ANN).in("s1"))).isZero();
    assertThat(index.remove(Scope.of(ANN))).isEqualTo(1);
    assertThat(found(Scope.of(ANN))).isEmpty();
  }

  @Test
  void agreesWithLookingAtEveryEntry() {
    Random random = new Random(7);
    List<Entry> kept = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 300; i++) {
        Owner owner = i % 3 == 0 ? BOB : ANN;
        Entry entry = entry(owner, "m" + i, "c" + i % 2, "s" + i % 5, random(random));
        threads.submit(() -> index.put(List.of(entry)));
        kept.add(entry);
      }
    }
    int same = 0;
    for (int i = 0; i < 20; i++) {
      Vector query = random(random);
      Scope scope = Scope.of(ANN).with("c1").except("s2");
      List<String> expected = exact(kept, query, scope);
      List<String> actual = index.nearest("", query, scope, 5).stream().map(Hit::memoryId).toList();
      same += (int) expected.stream().filter(actual::contains).count();
    }
    assertThat(same).as("of 100 nearest").isGreaterThanOrEqualTo(98);
  }

  @Test
  void manyWriteAtOnceAndNothingIsLost() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writes =
          IntStream.range(0, 60)
              .mapToObj(i ->
                  threads.submit(
                      () -> index.put(List.of(entry(ANN, "m" + i, "ada", "s1", vector(1, i))))))
              .toList();
      for (var write : writes) {
        write.get();
      }
    }
    assertThat(found(Scope.of(ANN))).hasSize(60);
  }

  private static List<String> exact(List<Entry> kept, Vector query, Scope scope) {
    return kept.stream()
        .filter(e -> scope.contains(e.owner(), e.item().id(), e.item().turn()))
        .sorted(Comparator.comparingDouble(e -> -e.vector().cosine(query)))
        .limit(5)
        .map(it -> it.item().id())
        .toList();
  }

  protected List<String> found(Scope scope) {
    return index.nearest("", vector(1, 0), scope, 100).stream().map(Hit::memoryId).toList();
  }

  protected static Vector vector(float x, float y) {
    float[] values = new float[DIMENSIONS];
    values[0] = x;
    values[1] = y;
    return Vector.of(values);
  }

  protected static Entry entry(
      Owner owner, String memory, String character, String session, Vector vector) {
    Instant time = Instant.parse("2026-11-21T05:00:00.123456789Z");
    RememberedTurn turn =
        new RememberedTurn("t-" + memory, session, character, "I said " + memory, "Fine.", time);
    return new Entry(owner, item(memory, turn), Kind.TOLD, turn.personText(), vector);
  }

  /** A pinned fact with a past, so that all of an item is seen to be kept. */
  protected static Item item(String memory, RememberedTurn turn) {
    Instant earlier = Instant.parse("2026-10-01T01:02:03.456Z");
    return new Item(
        memory,
        ItemKind.FACT,
        turn,
        FactKind.PLACE,
        "home",
        0.8,
        true,
        Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
        List.of(new Earlier("I live in Porto.\nReally.", "s0", "t0", earlier)));
  }

  private static Vector random(Random random) {
    float[] numbers = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Vector.of(numbers);
  }
}
