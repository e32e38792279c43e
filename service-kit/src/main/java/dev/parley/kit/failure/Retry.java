package dev.parley.kit.failure;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tries a step again while its failure may pass: pauses double from a first one, each shortened by
 * up to half at random so that many who wait do not come back together, until the time is up. Only
 * for steps that may be done twice. Immutable; blocks the calling thread.
 *
 * @param first the first pause
 * @param longest no pause is longer
 * @param total no new try starts later than this after the first one
 */
public record Retry(Duration first, Duration longest, Duration total) {
  /** For a store that is restarted: from 50 ms, at most 400 ms apart, for 3 seconds. */
  public static final Retry STORE =
      new Retry(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(3));

  /**
   * Runs a step; its last failure is thrown when no try succeeded, at once when the thread is
   * interrupted, which stays marked.
   */
  public <T> T run(Supplier<T> step, Predicate<RuntimeException> passes) {
    long end = System.nanoTime() + total.toNanos();
    long pause = first.toNanos();
    while (true) {
      try {
        return step.get();
      } catch (RuntimeException e) {
        long wait = pause - ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        if (!passes.test(e) || System.nanoTime() + wait > end || !slept(wait)) {
          throw e;
        }
        pause = Math.min(2 * pause, longest.toNanos());
      }
    }
  }

  private static boolean slept(long nanos) {
    try {
      Thread.sleep(Duration.ofNanos(nanos));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
