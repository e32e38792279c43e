package dev.parley.orchestrator.privacy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Forgets people on request. An erasure is a row that is kept before anything is removed; each runs
 * on a virtual thread of its own until all stores have done their part, which may be done twice,
 * and goes on when the process starts again. Thread-safe.
 */
public final class Erasures implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int KEY_BYTES = 32;

  /** The second finds what was still being written during the first. */
  private static final int LEAST_PASSES = 2;

  private static final int MOST_PASSES = 100;

  private final ErasureStore store;
  private final List<PersonalStore> stores;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, Thread> running = new ConcurrentHashMap<>();

  /** Erases from those stores, in their order. */
  public Erasures(
      ErasureStore store, List<PersonalStore> stores, Supplier<String> ids, InstantSource clock) {
    this.store = store;
    this.stores = List.copyOf(stores);
    this.ids = ids;
    this.clock = clock;
  }

  /** Goes on with what was not done when the process ended. */
  public void resume() {
    store.unfinished().forEach(this::run);
  }

  /**
   * Begins to erase everything about a person; gives the erasure that runs already, if one does.
   */
  public Erasure forget(Owner owner) {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Erasure erasure = store.begin(ids.get(), owner, key, clock.instant());
    run(erasure);
    return erasure;
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

  private void run(Erasure erasure) {
    running.computeIfAbsent(
        erasure.id(),
        id ->
            Thread.ofVirtual()
                .name("erasure-" + id)
                .start(() -> {
                  untilDone(erasure);
                  running.remove(id);
                }));
  }

  private void untilDone(Erasure erasure) {
    Duration pause = FIRST_PAUSE;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        erase(erasure);
        return;
      } catch (RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        System.getLogger("parley.privacy")
            .log(System.Logger.Level.WARNING, "erasure " + erasure.id() + " is tried again", e);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void erase(Erasure erasure) {
    Owner owner = erasure.owner().orElseThrow();
    for (int pass = 0; pass < LEAST_PASSES || store.hasSessions(owner); pass++) {
      if (pass == MOST_PASSES) {
        throw Failure.unavailable("the person goes on talking", LONGEST_PAUSE);
      }
      Set<String> sessions = store.sessions(erasure);
      for (PersonalStore each : stores) {
        store.removed(erasure.id(), each.erase(owner, sessions));
      }
    }
    store.done(erasure, clock.instant());
  }

  /** Stops; what is not done goes on with the next start. */
  @Override
  public void close() {
    running.values().forEach(Thread::interrupt);
  }
}
