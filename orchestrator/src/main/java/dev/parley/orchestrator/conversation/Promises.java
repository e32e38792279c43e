package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What callers wait for of a session: all of it ends, at the latest with the session. Thread-safe.
 */
final class Promises {
  private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
  private volatile Optional<Failure> over = Optional.empty();

  /** One more; it has failed already where the session is over. */
  <T> CompletableFuture<T> one() {
    var promise = new CompletableFuture<T>();
    open.add(promise);
    promise.whenComplete((_, _) -> open.remove(promise));
    over.ifPresent(promise::completeExceptionally);
    return promise;
  }

  /** Nothing more is kept: whoever still waits, or comes now, is told why. */
  void end(Failure why) {
    over = Optional.of(why);
    open.forEach(promise -> promise.completeExceptionally(why));
  }
}
