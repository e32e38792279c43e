package dev.parley.orchestrator.privacy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Forgets people on request. An erasure is a row that is kept before anything is removed; {@link
 * Erasing} does it in the background. Thread-safe.
 */
public final class Erasures {
  private static final int KEY_BYTES = 32;

  private final ErasureStore store;
  private final ErasureQueue queue;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /** Erasures of a store, done by a queue. */
  public Erasures(
      ErasureStore store, ErasureQueue queue, Supplier<String> ids, InstantSource clock) {
    this.store = store;
    this.queue = queue;
    this.ids = ids;
    this.clock = clock;
  }

  /** Has done what was asked for when a process ended between the asking and the doing. */
  public void resume() {
    store.unfinished().forEach(it -> queue.submit(it.id()));
  }

  /**
   * The same with the account: the person leaves the organisation, and is nobody any more where it
   * was the only one.
   */
  public Erasure forgetWholly(Owner owner, String requestId) {
    Erasure erasure = begin(owner, requestId);
    if (!erasure.isDone()) {
      store.withAccount(erasure.id());
      queue.submit(erasure.id());
    }
    return erasure;
  }

  /**
   * Begins to erase everything that a person said and left; gives the erasure that runs already, if
   * one does.
   *
   * @param requestId the same gives the same erasure, for a day after it is done; empty is no id
   */
  public Erasure forget(Owner owner, String requestId) {
    Erasure erasure = begin(owner, requestId);
    if (!erasure.isDone()) {
      queue.submit(erasure.id());
    }
    return erasure;
  }

  private Erasure begin(Owner owner, String requestId) {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return store.begin(ids.get(), owner, requestId, key, clock.instant());
  }

  /**
   * How far an erasure is. While it runs only its person may ask.
   *
   * @throws Failure ERASURE_NOT_FOUND
   */
  public Erasure find(Owner asking, String id) {
    return store
        .find(id)
        .filter(it -> it.owner().map(asking::equals).orElse(true))
        .orElseThrow(() -> Failure.notFound("erasure", id));
  }
}
