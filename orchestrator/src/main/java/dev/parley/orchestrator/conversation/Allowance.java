package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much one client may send: so many events and bytes at once, and so many a second after that.
 * Thread-safe.
 */
final class Allowance {
  private static final double EVENTS = 4000;
  private static final double EVENTS_A_SECOND = 500;
  private static final double BYTES = 16 << 20;
  private static final double BYTES_A_SECOND = 512 << 10;
  private static final double NANOS = 1e9;
  private final LongSupplier nanos;
  private double events = EVENTS;
  private double bytes = BYTES;
  private long last;

  Allowance(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /**
   * Takes one event.
   *
   * @throws Failure OVERLOADED, with the time after which there is room again
   */
  synchronized void take(Input input) {
    long now = nanos.getAsLong();
    double seconds = (now - last) / NANOS;
    last = now;
    events = Math.min(EVENTS, events + seconds * EVENTS_A_SECOND) - 1;
    int size = input.act() instanceof Input.Act.Audio audio ? audio.data().length : 0;
    bytes = Math.min(BYTES, bytes + seconds * BYTES_A_SECOND) - size;
    if (events < 0 || bytes < 0) {
      double wait = Math.max(-events / EVENTS_A_SECOND, -bytes / BYTES_A_SECOND);
      throw Failure.of(
              Failure.Code.RESOURCE_EXHAUSTED,
              "OVERLOADED",
              "more than "
                  + (int) EVENTS_A_SECOND
                  + " events or "
                  + (int) BYTES_A_SECOND
                  + " bytes a second")
          .retryAfter(Duration.ofMillis(1000 + (long) (1000 * wait)));
    }
  }
}
