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
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Collections on disk, each one Lucene index in a folder of its own: meanings in an HNSW graph
 * (Malkov and Yashunin 2016), words by BM25 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75). A
 * change is committed, with fsync, before it is acknowledged; changes that wait together share a
 * commit. Searches see committed changes only. One process at a time may open the root folder. A
 * collection is opened when it is first used and has a platform thread from then on.
 */
public final class LuceneVectorStore implements VectorStore {
  private final Path root;
  private final FileChannel lock;
  private final Catalog catalog;
  private final Map<CollectionKey, LuceneCollection> open = new HashMap<>();

  private LuceneVectorStore(Path root, FileChannel lock, Catalog catalog) {
    this.root = root;
    this.lock = lock;
    this.catalog = catalog;
  }

  /**
   * Opens or creates the store in a folder.
   *
   * @throws Failure when the folder is in use by another process or cannot be read or written
   */
  public static LuceneVectorStore open(Path root) {
    try {
      Files.createDirectories(root);
      FileChannel lock = lock(root);
      try {
        return new LuceneVectorStore(root, lock, Catalog.open(root));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure("vectors in " + root + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // By this process; the answer is the same.
    }
    channel.close();
    throw failure("vectors in " + root + " are in use by another process", null);
  }

  @Override
  public synchronized void create(CollectionKey key, VectorSpace space) {
    if (catalog.has(key)) {
      throw Failure.of(
          Failure.Code.ALREADY_EXISTS,
          "ALREADY_EXISTS",
          "there is a collection with id \"" + key.id() + "\"");
    }
    writing(() -> catalog.put(key, Catalog.Place.fresh(space)));
  }

  @Override
  public Optional<StoredCollection> find(CollectionKey key) {
    try {
      VectorSpace space = space(key);
      return Optional.of(new StoredCollection(key, space, with(key, LuceneCollection::count)));
    } catch (Failure e) {
      if (e.code() == Failure.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public VectorSpace space(CollectionKey key) {
    return catalog.at(key).space();
  }

  @Override
  public List<StoredCollection> list(String organisation) {
    return listAll().stream()
        .filter(it -> it.key().organisation().equals(organisation) && !it.key().isShadow())
        .toList();
  }

  @Override
  public List<StoredCollection> listAll() {
    return catalog.all().keySet().stream()
        .sorted(Comparator.comparing(CollectionKey::organisation).thenComparing(CollectionKey::id))
        .flatMap(key -> find(key).stream())
        .toList();
  }

  @Override
  public synchronized boolean drop(CollectionKey key) {
    if (!catalog.has(key)) {
      return false;
    }
    Catalog.Place place = catalog.at(key);
    writing(() -> catalog.remove(key));
    forget(Optional.ofNullable(open.remove(key)), place);
    return true;
  }

  @Override
  public synchronized void swap(CollectionKey by, CollectionKey replaced) {
    Catalog.Place next = catalog.at(by);
    Catalog.Place last = catalog.at(replaced);
    LuceneCollection ready = opened(by);
    writing(() -> catalog.put(replaced, next));
    writing(() -> catalog.remove(by));
    open.remove(by);
    forget(Optional.ofNullable(open.put(replaced, ready)), last);
  }

  private void forget(Optional<LuceneCollection> gone, Catalog.Place place) {
    gone.ifPresent(LuceneCollection::close);
    writing(() -> Folders.delete(catalog.folder(place)));
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
    return with(key, collection -> collection.remove(conditions));
  }

  @Override
  public void erase(CollectionKey key) {
    run(key, LuceneCollection::erase);
  }

  @Override
  public Found query(CollectionKey key, PointQuery query) {
    return with(key, collection -> collection.query(query));
  }

  @Override
  public List<Point> scan(CollectionKey key, List<Condition> conditions, String after, int limit) {
    return with(key, collection -> collection.scan(conditions, after, limit));
  }

  @Override
  public Set<String> existing(CollectionKey key, Set<String> ids) {
    return with(key, collection -> collection.existing(ids));
  }

  /** A folder beside the collections. */
  @Override
  public String snapshot(CollectionKey key) {
    Path folder = root.resolve("snapshots").resolve(key.id() + "-" + System.currentTimeMillis());
    run(key, collection -> collection.copyTo(folder));
    return folder.toString();
  }

  @Override
  public String engine() {
    return "lucene";
  }

  @Override
  public synchronized boolean isHealthy() {
    return lock.isOpen() && open.values().stream().allMatch(LuceneCollection::isHealthy);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(LuceneCollection::close);
    open.clear();
    writing(lock::close);
  }

  private void run(CollectionKey key, java.util.function.Consumer<LuceneCollection> work) {
    with(
        key,
        collection -> {
          work.accept(collection);
          return true;
        });
  }

  /** Works on a collection; once more when it was swapped for another meanwhile. */
  private <T> T with(CollectionKey key, Function<LuceneCollection, T> work) {
    LuceneCollection collection = opened(key);
    try {
      return work.apply(collection);
    } catch (Failure e) {
      LuceneCollection now = opened(key);
      if (now == collection) {
        throw e;
      }
      return work.apply(now);
    }
  }

  private synchronized LuceneCollection opened(CollectionKey key) {
    Catalog.Place place = catalog.at(key);
    if (!lock.isOpen()) {
      throw failure("vectors in " + root + " are closed", null);
    }
    return open.computeIfAbsent(
        key, it -> LuceneCollection.open(catalog.folder(place), place.space().dimensions()));
  }

  private static void expectSome(List<Condition> conditions) {
    if (conditions.isEmpty()) {
      throw Failure.invalid("conditions", "none (expected at least one)");
    }
  }

  /** Work on files. */
  private interface Writing {
    void run() throws IOException;
  }

  private void writing(Writing work) {
    try {
      work.run();
    } catch (IOException e) {
      throw failure("vectors in " + root + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static Failure failure(String message, Throwable cause) {
    return Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", message).causedBy(cause);
  }
}
