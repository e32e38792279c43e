package dev.parley.documentsvc.library;

import java.util.List;
import java.util.Optional;

/** Collections of organisations. Thread-safe; fails with STORE_FAILED. */
public interface CollectionStore {
  /** Some collections and a token for the next ones; empty at the end. */
  record Slice(List<Collection> collections, String nextToken) {}

  /** Keeps a new one; false when the id is taken. */
  boolean insert(String organisation, Collection collection);

  /** One with the number of its documents. */
  Optional<Collection> find(String organisation, String id);

  /** Some, by id. */
  Slice list(String organisation, int size, String token);

  /** Replaces it; false when there is none. */
  boolean update(String organisation, Collection collection);

  /** Removes it; false when there is none. Its documents are removed before. */
  boolean remove(String organisation, String id);
}
