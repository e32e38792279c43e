package dev.parley.memorysvc.vectors;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Brings collections to what is in use now, while they answer as they are: those on the embedding
 * model to its vectors, from their texts, and those that an earlier version of the store made to
 * its form, with the vectors they have. The next generation is made beside the collection, changes
 * go to both, and it takes the place at once. Interrupted, it goes on with what is missing.
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

  /** The collections whose vectors are of another model, or whose form is an earlier one. */
  List<StoredCollection> stale() {
    return store.listAll().stream()
        .filter(it -> !it.key().isShadow())
        .filter(it -> meanings.isStale(it.space()) || store.isOutdated(it.key()))
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
    VectorSpace next = meanings.next(store.space(key));
    boolean begun =
        store
            .find(key.shadow())
            .filter(it -> it.space().equals(next) && !store.isOutdated(it.key()))
            .isPresent();
    if (!begun) {
      store.drop(key.shadow());
      store.create(key.shadow(), next);
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
    List<Point> points = page.stream().filter(it -> missing.contains(it.id())).toList();
    List<Point> made = meanings.isStale(store.space(key)) ? embedded(points) : points;
    turnstile.alone(key, () -> put(key, made));
  }

  private List<Point> embedded(List<Point> points) {
    List<Point> bare = points.stream().map(Point::withoutVector).toList();
    List<Point> made =
        new ArrayList<>(
            meanings.embedded(
                meanings.space(), bare.stream().filter(it -> !it.text().isBlank()).toList()));
    // What has no text has no meaning in the new model; its attributes are kept.
    bare.stream().filter(it -> it.text().isBlank()).forEach(made::add);
    return made;
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
