package dev.parley.memorysvc.vectors;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collections of points. Safe for use by many threads; what fails throws a {@code Failure}: {@code
 * COLLECTION_NOT_FOUND}, {@code ALREADY_EXISTS}, {@code INVALID_ARGUMENT} for a vector of another
 * length, {@code STORE_FAILED}.
 */
public interface VectorStore extends AutoCloseable {

  /**
   * Whether a collection is laid out as an earlier version of the store did. It is read and written
   * as it is, and {@link Renewal} makes it anew.
   */
  default boolean isOutdated(CollectionKey key) {
    return false;
  }

  /** Makes an empty collection. */
  void create(CollectionKey key, VectorSpace space);

  /** The collection, if there is one. */
  Optional<StoredCollection> find(CollectionKey key);

  /** What the vectors of a collection are; cheaper than {@link #find}. */
  VectorSpace space(CollectionKey key);

  /** The collections of an organisation, by id; next generations are not among them. */
  List<StoredCollection> list(String organisation);

  /** The collections of all organisations, next generations included. */
  List<StoredCollection> listAll();

  /** Removes a collection with its points, from the storage too; false when there is none. */
  boolean drop(CollectionKey key);

  /** Puts a collection in the place of another at once; the other one's points are removed. */
  void swap(CollectionKey by, CollectionKey replaced);

  /**
   * Puts points; one with an id that is there replaces it. When it returns they survive a crash and
   * are found.
   */
  void upsert(CollectionKey key, List<Point> points);

  /**
   * Puts points in the place of all that fulfil the conditions, of which there is at least one.
   * Whoever looks meanwhile finds the ones or the others, or for a moment both, never neither.
   */
  void replace(CollectionKey key, List<Condition> conditions, List<Point> points);

  /**
   * Removes the points that fulfil all conditions, of which there is at least one. When it returns
   * they are found no more; {@link #erase} takes them off the storage.
   *
   * @return how many
   */
  long remove(CollectionKey key, List<Condition> conditions);

  /**
   * Takes what was removed or replaced off the storage. It may take long, as the larger part of a
   * collection may be written anew.
   */
  void erase(CollectionKey key);

  /** The points that fit best. */
  Found query(CollectionKey key, PointQuery query);

  /**
   * Points with their vectors that fulfil all conditions, in an order of the store's own that stays
   * the same, so that all are seen once.
   *
   * @param after the id of the last point seen, which need not be there any more; empty begins at
   *     the first
   */
  List<Point> scan(CollectionKey key, List<Condition> conditions, String after, int limit);

  /**
   * The points, without vectors, that fulfil all conditions and whose number under a name is less
   * than {@code below}: those with the largest numbers, in no order. There are more than {@code
   * limit} where several share the smallest number that is given, of which none is left out, and
   * fewer only where there are no more. A point has one number under the name.
   */
  List<Point> largest(
      CollectionKey key, List<Condition> conditions, String name, long below, int limit);

  /** Which of these ids are there. */
  Set<String> existing(CollectionKey key, Set<String> ids);

  /** Keeps a copy of the collection as it stands, to be brought back by hand; says where. */
  String snapshot(CollectionKey key);

  /** What it is, as in {@code lucene}. */
  String engine();

  /** Whether it can be read and written now. */
  boolean isHealthy();

  @Override
  void close();
}
