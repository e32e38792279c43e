package dev.parley.memorysvc.vectors;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Brings collections on the embedding model to the model that is in use now, from their texts,
 * while they answer with the vectors they have: the next generation is made beside the collection,
 * changes go to both, and it takes the place at once. Interrupted, it goes on with what is missing.
 */
final class Renewal {
  private static final int PAGE = 64;

  private final VectorStore store;
  private final Meanings meanings;
  private final Turnstile turnstile;

  Renewal(VectorStore store, Meanings meanings, Turnstile turnstile) {
    this.store = store;
    this.meanings = meanings;
    this.turnstile = turnstile;
  }

  /** The collections whose vectors are of another model. */
  List<StoredCollection> stale() {
    return store.listAll().stream()
        .filter(it -> !it.key().isShadow() && meanings.isStale(it.space()))
        .toList();
  }

  /**
   * Renews one collection; returns before it is done when it is told to stop.
   *
   * @throws Failure what the store or the model throws; to be begun again
   */
  void renew(CollectionKey key, BooleanSupplier stop) {
    turnstile.alone(key, () -> prepared(key));
    String after = "";
    while (!stop.getAsBoolean()) {
      List<Point> page = store.scan(key, List.of(), after, PAGE);
      if (page.isEmpty()) {
        turnstile.alone(key, () -> swapped(key));
        return;
      }
      copy(key, page);
      after = page.getLast().id();
    }
  }

  private boolean prepared(CollectionKey key) {
    boolean begun =
        store.find(key.shadow()).filter(it -> it.space().equals(meanings.space())).isPresent();
    if (!begun) {
      store.drop(key.shadow());
      store.create(key.shadow(), meanings.space());
    }
    return begun;
  }

  private boolean swapped(CollectionKey key) {
    store.swap(key.shadow(), key);
    return true;
  }

  private void copy(CollectionKey key, List<Point> page) {
    Set<String> missing =
        page.stream().map(Point::id).collect(Collectors.toCollection(HashSet::new));
    missing.removeAll(store.existing(key.shadow(), missing));
    List<Point> bare =
        page.stream()
            .filter(point -> missing.contains(point.id()))
            .map(Point::withoutVector)
            .toList();
    List<Point> made =
        new ArrayList<>(
            meanings.embedded(
                meanings.space(), bare.stream().filter(it -> !it.text().isBlank()).toList()));
    // What has no text has no meaning in the new model; its attributes are kept.
    bare.stream().filter(it -> it.text().isBlank()).forEach(made::add);
    turnstile.alone(key, () -> put(key, made));
  }

  /** Those that were not changed or removed since they were read. */
  private boolean put(CollectionKey key, List<Point> made) {
    Set<String> ids = made.stream().map(Point::id).collect(Collectors.toUnmodifiableSet());
    if (ids.isEmpty()) {
      return false;
    }
    Set<Point> still =
        store.scan(key, List.of(new Condition.AnyId(ids)), "", ids.size()).stream()
            .map(Point::withoutVector)
            .collect(Collectors.toUnmodifiableSet());
    Set<String> newer = store.existing(key.shadow(), ids);
    List<Point> whole =
        made.stream()
            .filter(it -> still.contains(it.withoutVector()) && !newer.contains(it.id()))
            .toList();
    if (!whole.isEmpty()) {
      store.upsert(key.shadow(), whole);
    }
    return true;
  }
}
