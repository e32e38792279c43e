package dev.parley.orchestrator.privacy;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far erasures are, so that they go on after a crash. Thread-safe; blocks.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface ErasureStore {
  /**
   * Keeps a new erasure. Gives another instead: the one of the same request of the same person,
   * also when it is done, for a day; else the one of the person that runs.
   *
   * @param requestId as the person's client named the request; empty is no request in particular
   */
  Erasure begin(String id, Owner owner, String requestId, byte[] key, Instant time);

  /** The person's account goes as well when the rest is gone. */
  void withAccount(String id);

  /** Whether it does. */
  boolean isWithAccount(String id);

  /** As kept. */
  Optional<Erasure> find(String id);

  /** Those that run, or ran when the process ended. */
  List<Erasure> unfinished();

  /** The sessions that the person has now, added to those that they had. */
  Set<String> sessions(Erasure erasure);

  /** Whether the person has sessions now. */
  boolean hasSessions(Owner owner);

  /** Adds what was removed. */
  void removed(String id, List<Removal> removals);

  /**
   * It is done: keeps an audit entry under the person's pseudonym, a hash keyed with the erasure's
   * key, and destroys the key and who it was, all at once.
   */
  void done(Erasure erasure, Instant time);
}
