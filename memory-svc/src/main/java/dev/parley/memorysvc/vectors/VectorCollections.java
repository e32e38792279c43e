package dev.parley.memorysvc.vectors;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Vector;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Collections as they are used: texts get their meanings here, from the embedding model. Safe for
 * use by many threads.
 */
public final class VectorCollections {
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  private static final int PAGE = 1000;

  private final VectorStore store;
  private final Embedder embedder;

  /** Collections of a store; texts are embedded by the embedder. */
  public VectorCollections(VectorStore store, Embedder embedder) {
    this.store = store;
    this.embedder = embedder;
  }

  /**
   * Makes a collection.
   *
   * @param dimensions numbers in a vector; empty takes the embedding model's
   * @param model whose vectors it will hold; blank takes the embedding model
   */
  public StoredCollection create(CollectionKey key, OptionalInt dimensions, String model) {
    boolean embedded = model.isBlank() || model.equals(embedder.model());
    if (!embedded && dimensions.isEmpty()) {
      throw Failure.invalid(
          "collection.dimensions", "0 (expected 2 or more for vectors of model " + model + ")");
    }
    int numbers = dimensions.orElse(embedder.dimensions());
    if (embedded && numbers != embedder.dimensions()) {
      throw Failure.invalid(
          "collection.model",
          "the embedding model "
              + embedder.model()
              + " makes "
              + embedder.dimensions()
              + " numbers (expected the name of the model that makes "
              + numbers
              + ")");
    }
    VectorSpace space = new VectorSpace(numbers, embedded ? embedder.model() : model, embedded);
    store.create(key, space);
    return new StoredCollection(key, space, 0);
  }

  /** Makes a collection on the embedding model unless it is there. */
  public void ensure(CollectionKey key) {
    if (store.find(key).isEmpty()) {
      try {
        create(key, OptionalInt.empty(), "");
      } catch (Failure e) {
        if (e.code() != Failure.Code.ALREADY_EXISTS) {
          throw e;
        }
      }
    }
  }

  /** The collections of an organisation, by id. */
  public List<StoredCollection> list(String organisation) {
    return store.list(organisation);
  }

  /** Removes a collection; fails with COLLECTION_NOT_FOUND. */
  public void drop(CollectionKey key) {
    if (!store.drop(key)) {
      throw Failure.notFound("collection", key.id());
    }
  }

  /** Puts points; their texts are embedded where they bring no vector. */
  public void upsert(CollectionKey key, List<Point> points) {
    store.upsert(key, embedded(store.space(key), points));
  }

  /** Puts points in the place of all that fulfil the conditions. */
  public void replace(CollectionKey key, List<Condition> conditions, List<Point> points) {
    store.replace(key, conditions, embedded(store.space(key), points));
  }

  /** Removes the points that fulfil all conditions; says how many. */
  public long remove(CollectionKey key, List<Condition> conditions) {
    return store.remove(key, conditions);
  }

  /**
   * How many different words there are under a name among the points that fulfil all conditions.
   */
  public long distinct(CollectionKey key, List<Condition> conditions, String name) {
    Set<String> words = new HashSet<>();
    String after = "";
    List<Point> page;
    do {
      page = store.scan(key, conditions, after, PAGE);
      page.forEach(point -> point.words(name).forEach(words::add));
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == PAGE);
    return words.size();
  }

  /** Takes what was removed off the storage. */
  public void erase(CollectionKey key) {
    store.erase(key);
  }

  /** The points that fit best. */
  public Found query(CollectionKey key, Question question) {
    VectorSpace space = store.space(key);
    Optional<Vector> meaning = Optional.empty();
    Set<Leg> late = EnumSet.noneOf(Leg.class);
    if (question.asks(Leg.DENSE)) {
      meaning = question.vector().or(() -> meaning(space, question));
      if (meaning.isEmpty()) {
        late.add(Leg.DENSE);
      }
    }
    Found found = store.query(key, question.toQuery(meaning));
    late.addAll(found.leftOut());
    return new Found(found.hits(), late);
  }

  /** The meaning of the question, none when it is not there in time. */
  private Optional<Vector> meaning(VectorSpace space, Question question) {
    if (question.text().isBlank()) {
      throw Failure.invalid("text", "empty (expected a text or a vector)");
    }
    expectEmbedded(space, "vector");
    Vector none = null;
    try {
      return Optional.ofNullable(
          CompletableFuture.supplyAsync(
                  () -> embedder.embed(List.of(question.text())).getFirst(), VIRTUAL)
              .completeOnTimeout(none, question.deadline().left().toNanos(), TimeUnit.NANOSECONDS)
              .join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  private List<Point> embedded(VectorSpace space, List<Point> points) {
    List<Integer> bare = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).vector().isEmpty()) {
        expectEmbedded(space, "points[" + i + "].vector");
        if (points.get(i).text().isBlank()) {
          throw Failure.invalid("points[" + i + "]", "neither text nor vector (expected one)");
        }
        bare.add(i);
      }
    }
    List<Vector> meanings = embedder.embed(bare.stream().map(i -> points.get(i).text()).toList());
    List<Point> ready = new ArrayList<>(points);
    for (int i = 0; i < bare.size(); i++) {
      ready.set(bare.get(i), points.get(bare.get(i)).with(meanings.get(i)));
    }
    return ready;
  }

  private void expectEmbedded(VectorSpace space, String field) {
    if (!space.embedded()) {
      throw Failure.invalid(
          field,
          "empty (expected " + space.dimensions() + " numbers of model " + space.model() + ")");
    }
  }
}
