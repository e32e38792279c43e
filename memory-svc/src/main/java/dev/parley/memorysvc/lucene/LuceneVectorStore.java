package dev.parley.memorysvc.lucene;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Found;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.PointQuery;
import dev.parley.memorysvc.vectors.StoredCollection;
import dev.parley.memorysvc.vectors.VectorSpace;
import dev.parley.memorysvc.vectors.VectorStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collections on disk, each one Lucene index in a folder of its own: meanings in an HNSW graph
 * (Malkov and Yashunin 2016), words by BM25 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75). A
 * change is committed, with fsync, before it is acknowledged; changes that wait together share a
 * commit; while there are none, segments are merged in the background. Searches see committed
 * changes only. One process at a time may open the root folder. A collection is opened when it is
 * first used and has a platform thread from then on.
 */
public final class LuceneVectorStore implements VectorStore {
  /** Longer than between the batches of one document, or the turns of one conversation. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final OpenCollections collections;

  private LuceneVectorStore(OpenCollections collections) {
    this.collections = collections;
  }

  /**
   * Opens or creates the store in a folder.
   *
   * @throws Failure when the folder is in use by another process or cannot be read or written
   */
  public static LuceneVectorStore open(Path root) {
    return open(root, PAUSE);
  }

  /** What was put is merged when nothing was put for so long. */
  static LuceneVectorStore open(Path root, Duration pause) {
    return new LuceneVectorStore(OpenCollections.in(root, pause));
  }

  @Override
  public void create(CollectionKey key, VectorSpace space) {
    collections.create(key, space);
  }

  @Override
  public Optional<StoredCollection> find(CollectionKey key) {
    try {
      VectorSpace space = space(key);
      long points = collections.with(key, LuceneCollection::count);
      return Optional.of(new StoredCollection(key, space, points));
    } catch (Failure e) {
      if (e.code() == Failure.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public VectorSpace space(CollectionKey key) {
    return collections.space(key);
  }

  @Override
  public List<StoredCollection> list(String organisation) {
    return listAll().stream()
        .filter(it -> it.key().organisation().equals(organisation) && !it.key().isShadow())
        .toList();
  }

  @Override
  public List<StoredCollection> listAll() {
    return collections.keys().stream()
        .sorted(Comparator.comparing(CollectionKey::organisation).thenComparing(CollectionKey::id))
        .flatMap(key -> find(key).stream())
        .toList();
  }

  @Override
  public boolean drop(CollectionKey key) {
    return collections.drop(key);
  }

  @Override
  public void swap(CollectionKey by, CollectionKey replaced) {
    collections.swap(by, replaced);
  }

  @Override
  public void upsert(CollectionKey key, List<Point> points) {
    run(key, collection -> collection.upsert(points));
  }

  @Override
  public void replace(CollectionKey key, List<Condition> conditions, List<Point> points) {
    expectSome(conditions);
    run(key, collection -> collection.replace(conditions, points));
  }

  @Override
  public long remove(CollectionKey key, List<Condition> conditions) {
    expectSome(conditions);
    return collections.with(key, collection -> collection.remove(conditions));
  }

  @Override
  public void erase(CollectionKey key) {
    run(key, LuceneCollection::erase);
  }

  @Override
  public Found query(CollectionKey key, PointQuery query) {
    return collections.with(key, collection -> collection.query(query));
  }

  @Override
  public List<Point> scan(CollectionKey key, List<Condition> conditions, String after, int limit) {
    return collections.with(key, collection -> collection.scan(conditions, after, limit));
  }

  @Override
  public List<Point> largest(
      CollectionKey key, List<Condition> conditions, String name, long below, int limit) {
    return collections.with(key, collection -> collection.largest(conditions, name, below, limit));
  }

  @Override
  public Set<String> existing(CollectionKey key, Set<String> ids) {
    return collections.with(key, collection -> collection.existing(ids));
  }

  /** A folder beside the collections. */
  @Override
  public String snapshot(CollectionKey key) {
    String name = key.id() + "-" + System.currentTimeMillis();
    Path folder = collections.root().resolve("snapshots").resolve(name);
    run(key, collection -> collection.copyTo(folder));
    return folder.toString();
  }

  @Override
  public String engine() {
    return "lucene";
  }

  @Override
  public boolean isHealthy() {
    return collections.isHealthy();
  }

  @Override
  public void close() {
    collections.close();
  }

  private void run(CollectionKey key, Consumer<LuceneCollection> work) {
    collections.with(
        key,
        collection -> {
          work.accept(collection);
          return true;
        });
  }

  private static void expectSome(List<Condition> conditions) {
    if (conditions.isEmpty()) {
      throw Failure.invalid("conditions", "none (expected at least one)");
    }
  }
}
