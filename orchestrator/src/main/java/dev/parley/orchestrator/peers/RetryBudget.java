package dev.parley.orchestrator.peers;

import dev.parley.kit.failure.Failure;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Asks a peer once more when the connection to it was lost, which another process behind the same
 * name may mend; but only a tenth as often as it is asked at all, so that a peer in trouble is not
 * asked twice as much. Thread-safe.
 */
final class RetryBudget {
  private static final int A_RETRY = 10;
  private static final int MOST = 10 * A_RETRY;
  private final AtomicInteger saved = new AtomicInteger(MOST);

  /** For calls that may be done twice. */
  <T> T run(Supplier<T> call) {
    saved.updateAndGet(it -> Math.min(MOST, it + 1));
    try {
      return call.get();
    } catch (Failure lost) {
      if (lost.code() != Failure.Code.UNAVAILABLE || !spend()) {
        throw lost;
      }
      return call.get();
    }
  }

  private boolean spend() {
    return saved.getAndUpdate(it -> it < A_RETRY ? it : it - A_RETRY) >= A_RETRY;
  }
}
