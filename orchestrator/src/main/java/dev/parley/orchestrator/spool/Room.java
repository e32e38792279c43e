package dev.parley.orchestrator.spool;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How much waits, of all lanes together. Thread-safe. */
final class Room {
  private static final Duration LATER = Duration.ofSeconds(5);
  private final long most;
  private final AtomicLong used = new AtomicLong();

  /** So many bytes before nothing new is begun. */
  Room(long most) {
    this.most = most;
  }

  void add(long bytes) {
    used.addAndGet(bytes);
  }

  /** Bytes that wait. */
  long used() {
    return used.get();
  }

  /**
   * Passes where something new may be begun. What was begun before always has room.
   *
   * @throws Failure STORE_FAILED with when to try again
   */
  void mustHave() {
    long now = used.get();
    if (now >= most) {
      throw Failure.of(
              Failure.Code.UNAVAILABLE,
              "STORE_FAILED",
              "the history waits for its store: "
                  + now
                  + " bytes (expected less than "
                  + most
                  + "); nothing is lost, new turns are not taken now")
          .retryAfter(LATER);
    }
  }
}
