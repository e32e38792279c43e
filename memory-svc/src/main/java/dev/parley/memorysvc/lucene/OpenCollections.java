package dev.parley.memorysvc.lucene;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The collections in a root folder; each is opened when it is first used. Thread-safe. */
final class OpenCollections implements AutoCloseable {
  private final Path root;
  private final Duration pause;
  private final RootLock lock;
  private final Catalog catalog;
  private final Map<CollectionKey, LuceneCollection> open = new HashMap<>();

  private OpenCollections(Path root, Duration pause, RootLock lock, Catalog catalog) {
    this.root = root;
    this.pause = pause;
    this.lock = lock;
    this.catalog = catalog;
  }

  static OpenCollections in(Path root, Duration pause) {
    try {
      Files.createDirectories(root);
      RootLock lock = RootLock.take(root);
      try {
        return new OpenCollections(root, pause, lock, Catalog.open(root));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure("vectors in " + root + " cannot be opened: " + e.getMessage(), e);
    }
  }

  Path root() {
    return root;
  }

  VectorSpace space(CollectionKey key) {
    return catalog.at(key).space();
  }

  List<CollectionKey> keys() {
    return List.copyOf(catalog.all().keySet());
  }

  synchronized void create(CollectionKey key, VectorSpace space) {
    if (catalog.has(key)) {
      throw Failure.of(
          Failure.Code.ALREADY_EXISTS,
          "ALREADY_EXISTS",
          "there is a collection with id \"" + key.id() + "\"");
    }
    writing(() -> catalog.put(key, Catalog.Place.fresh(space)));
  }

  synchronized boolean drop(CollectionKey key) {
    if (!catalog.has(key)) {
      return false;
    }
    Catalog.Place place = catalog.at(key);
    writing(() -> catalog.remove(key));
    forget(Optional.ofNullable(open.remove(key)), place);
    return true;
  }

  synchronized void swap(CollectionKey by, CollectionKey replaced) {
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

  /** Works on a collection; once more when it was swapped for another meanwhile. */
  <T> T with(CollectionKey key, Function<LuceneCollection, T> work) {
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
    if (!lock.isHeld()) {
      throw failure("vectors in " + root + " are closed", null);
    }
    return open.computeIfAbsent(
        key, it -> LuceneCollection.open(catalog.folder(place), place.space().dimensions(), pause));
  }

  synchronized boolean isHealthy() {
    return lock.isHeld() && open.values().stream().allMatch(LuceneCollection::isHealthy);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(LuceneCollection::close);
    open.clear();
    writing(lock::close);
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

  static Failure failure(String message, Throwable cause) {
    return Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", message).causedBy(cause);
  }
}
