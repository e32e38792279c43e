package dev.parley.memorysvc.vectors;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Embedders;
import dev.parley.memorysvc.embedding.Vector;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collections as they are used: texts get their meanings here, from the embedding model. A
 * collection whose vectors are of an earlier model goes on answering while {@link #renew} makes new
 * ones. Safe for use by many threads.
 */
public final class VectorCollections {
  private static final int PAGE = 1000;

  private final VectorStore store;
  private final Meanings meanings;
  private final Turnstile turnstile = new Turnstile();

  /** Collections of a store; texts are embedded by the embedders. */
  public VectorCollections(VectorStore store, Embedders embedders) {
    this.store = store;
    this.meanings = new Meanings(embedders);
  }

  /** Begins to bring collections to the model in use, in the background. */
  public BackgroundRenewal renew() {
    return new BackgroundRenewal(new Renewal(store, meanings, turnstile));
  }

  /**
   * Makes a collection.
   *
   * @param dimensions numbers in a vector; empty takes the embedding model's
   * @param model whose vectors it will hold; blank takes the embedding model
   */
  public StoredCollection create(CollectionKey key, OptionalInt dimensions, String model) {
    VectorSpace ours = meanings.space();
    boolean embedded = model.isBlank() || model.equals(ours.model());
    if (!embedded && dimensions.isEmpty()) {
      throw Failure.invalid(
          "collection.dimensions", "0 (expected 2 or more for vectors of model " + model + ")");
    }
    int numbers = dimensions.orElse(ours.dimensions());
    if (embedded && numbers != ours.dimensions()) {
      throw Failure.invalid(
          "collection.model",
          "the embedding model %s makes %d numbers (expected the name of the model that makes %d)"
              .formatted(ours.model(), ours.dimensions(), numbers));
    }
    VectorSpace space = embedded ? ours : new VectorSpace(numbers, model, false);
    store.create(key, space);
    return new StoredCollection(key, space, 0);
  }

  /** Makes a collection on the embedding model unless it is there. */
  public void ensure(CollectionKey key) {
    try {
      store.space(key);
    } catch (Failure missing) {
      if (!missing.reason().equals("COLLECTION_NOT_FOUND")) {
        throw missing;
      }
      makeUnlessThere(key);
    }
  }

  private void makeUnlessThere(CollectionKey key) {
    try {
      create(key, OptionalInt.empty(), "");
    } catch (Failure e) {
      if (e.code() != Failure.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  /** The collections of an organisation, by id. */
  public List<StoredCollection> list(String organisation) {
    return store.list(organisation);
  }

  /** Removes a collection; fails with COLLECTION_NOT_FOUND. */
  public void drop(CollectionKey key) {
    boolean gone =
        turnstile.alone(
            key,
            () -> {
              store.drop(key.shadow());
              return store.drop(key);
            });
    if (!gone) {
      throw Failure.notFound("collection", key.id());
    }
  }

  /** Puts points; their texts are embedded where they bring no vector. */
  public void upsert(CollectionKey key, List<Point> points) {
    turnstile.together(
        key,
        () -> {
          VectorSpace space = store.space(key);
          store.upsert(key, meanings.embedded(space, points));
          inNext(key, next -> store.upsert(next, meanings.embedded(meanings.next(space), points)));
          return true;
        });
  }

  /** Puts points in the place of all that fulfil the conditions. */
  public void replace(CollectionKey key, List<Condition> conditions, List<Point> points) {
    turnstile.together(
        key,
        () -> {
          VectorSpace space = store.space(key);
          store.replace(key, conditions, meanings.embedded(space, points));
          inNext(
              key,
              next ->
                  store.replace(next, conditions, meanings.embedded(meanings.next(space), points)));
          return true;
        });
  }

  /** Removes the points that fulfil all conditions; says how many. */
  public long remove(CollectionKey key, List<Condition> conditions) {
    return turnstile.together(
        key,
        () -> {
          inNext(key, next -> store.remove(next, conditions));
          return store.remove(key, conditions);
        });
  }

  /** Takes what was removed off the storage. */
  public void erase(CollectionKey key) {
    turnstile.together(
        key,
        () -> {
          inNext(key, store::erase);
          store.erase(key);
          return true;
        });
  }

  /** How many different words there are under a name among points that fulfil all conditions. */
  public long distinct(CollectionKey key, List<Condition> conditions, String name) {
    Set<String> words = new HashSet<>();
    each(key, conditions, point -> point.words(name).forEach(words::add));
    return words.size();
  }

  /** Goes through all points that fulfil all conditions. */
  public void each(CollectionKey key, List<Condition> conditions, Consumer<Point> work) {
    String after = "";
    List<Point> page;
    do {
      page = store.scan(key, conditions, after, PAGE);
      page.forEach(work);
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == PAGE);
  }

  /** The points with the largest numbers below one; see {@link VectorStore#largest}. */
  public List<Point> largest(
      CollectionKey key, List<Condition> conditions, String name, long below, int limit) {
    return store.largest(key, conditions, name, below, limit);
  }

  /** Keeps a copy of a collection as it stands; says where. */
  public String snapshot(CollectionKey key) {
    return store.snapshot(key);
  }

  /** The points that fit best. */
  public Found query(CollectionKey key, Question question) {
    VectorSpace space = store.space(key);
    Optional<Vector> meaning = Optional.empty();
    Set<Leg> late = EnumSet.noneOf(Leg.class);
    if (question.asks(Leg.DENSE)) {
      meaning = meanings.of(question, space);
      if (meaning.isEmpty()) {
        late.add(Leg.DENSE);
      }
    }
    Found found = store.query(key, question.toQuery(meaning));
    late.addAll(found.leftOut());
    return new Found(found.hits(), late);
  }

  /** The same change in the next generation, while there is one. */
  private void inNext(CollectionKey key, Consumer<CollectionKey> change) {
    boolean renewed = meanings.isStale(store.space(key)) || store.isOutdated(key);
    if (renewed && store.find(key.shadow()).isPresent()) {
      change.accept(key.shadow());
    }
  }
}
