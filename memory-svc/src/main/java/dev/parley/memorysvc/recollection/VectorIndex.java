package dev.parley.memorysvc.recollection;

import java.util.List;

/**
 * Where meanings are kept for long. Safe for use by many threads; failures are {@code Failure}s.
 */
public interface VectorIndex extends AutoCloseable {

  /**
   * Keeps a memory: all entries have the same owner and memory id, and replace what was kept under
   * these. When it returns the entries survive a crash and are found.
   */
  void put(List<Entry> entries);

  /** The entries within a scope nearest to a vector, best first, at most {@code limit}. */
  List<Hit> nearest(Vector query, Scope scope, int limit);

  /**
   * Removes the memories within a scope, from the storage too. When it returns they are gone.
   *
   * @return how many memories (not entries) were removed
   */
  long remove(Scope scope);

  /** Whether it can be read and written now. */
  boolean isHealthy();

  @Override
  void close();
}
