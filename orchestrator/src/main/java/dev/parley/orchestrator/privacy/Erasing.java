package dev.parley.orchestrator.privacy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Erases a person from all stores. Every step may be done twice, so it may end at any point and be
 * begun again. Thread-safe; one erasure by one thread at a time.
 */
public final class Erasing {
  private static final Duration LATER = Duration.ofMinutes(1);

  /** The second finds what was still being written during the first. */
  private static final int LEAST_PASSES = 2;

  private static final int MOST_PASSES = 100;

  private final ErasureStore store;
  private final List<PersonalStore> stores;
  private final PersonalStore account;
  private final InstantSource clock;

  /**
   * Erases from those stores, in their order.
   *
   * @param account the last, where the person asked for it: who the person is
   */
  public Erasing(
      ErasureStore store, List<PersonalStore> stores, PersonalStore account, InstantSource clock) {
    this.store = store;
    this.stores = List.copyOf(stores);
    this.account = account;
    this.clock = clock;
  }

  /** Returns when everything is gone; fails as the stores do, to be begun again. */
  public void run(String erasureId) {
    store.find(erasureId).filter(it -> !it.isDone()).ifPresent(this::erase);
  }

  private void erase(Erasure erasure) {
    Owner owner = erasure.owner().orElseThrow();
    for (int pass = 0; pass < LEAST_PASSES || store.hasSessions(owner); pass++) {
      if (pass == MOST_PASSES) {
        throw Failure.unavailable("the person goes on talking", LATER);
      }
      Set<String> sessions = store.sessions(erasure);
      for (PersonalStore each : stores) {
        store.removed(erasure.id(), each.erase(owner, sessions));
      }
    }
    if (store.isWithAccount(erasure.id())) {
      store.removed(erasure.id(), account.erase(owner, Set.of()));
    }
    store.done(erasure, clock.instant());
  }
}
