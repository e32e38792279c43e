package dev.parley.orchestrator.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Requests of this process that are under way, by owner and request id: the same one again waits
 * until the first is done, and then finds what came of it. Holds no more than there are calls.
 * Thread-safe.
 */
final class RequestsUnderway {
  private record Key(Owner owner, String requestId) {}

  private final ConcurrentMap<Key, CompletableFuture<Void>> underway = new ConcurrentHashMap<>();
  private final long longestNanos;

  /** Waits at most that long. */
  RequestsUnderway(Duration longest) {
    this.longestNanos = longest.toNanos();
  }

  /**
   * Does it while nobody else does the same; at once where it has no id. Blocks.
   *
   * @throws Failure DEADLINE_EXCEEDED when the same is under way for too long
   */
  <T> T alone(Owner owner, String requestId, Supplier<T> work) {
    if (requestId.isEmpty()) {
      return work.get();
    }
    Key key = new Key(owner, requestId);
    CompletableFuture<Void> done = begin(key);
    try {
      return work.get();
    } finally {
      underway.remove(key);
      done.complete(null);
    }
  }

  private CompletableFuture<Void> begin(Key key) {
    long end = System.nanoTime() + longestNanos;
    var mine = new CompletableFuture<Void>();
    for (var other = underway.putIfAbsent(key, mine);
        other != null;
        other = underway.putIfAbsent(key, mine)) {
      await(other, end - System.nanoTime());
    }
    return mine;
  }

  private static void await(CompletableFuture<Void> other, long nanos) {
    try {
      other.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException late) {
      throw tooLong();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw tooLong();
    }
  }

  private static Failure tooLong() {
    return Failure.of(
        Failure.Code.DEADLINE_EXCEEDED,
        "DEADLINE_EXCEEDED",
        "request_id: the same request is still under way");
  }

  /** How many are. */
  int count() {
    return underway.size();
  }
}
