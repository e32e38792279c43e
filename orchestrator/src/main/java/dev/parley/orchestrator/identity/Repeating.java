package dev.parley.orchestrator.identity;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does something every so often on a virtual thread of its own, and once more when it is closed.
 * What fails is told in the log and done again the next time. Thread-safe.
 */
public final class Repeating implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("parley.identity");
  private static final Duration LAST = Duration.ofSeconds(5);

  private final String name;
  private final Runnable task;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private Repeating(String name, Duration period, Runnable task) {
    this.name = name;
    this.task = task;
    this.thread = Thread.ofVirtual().name(name).start(() -> run(period));
  }

  /** Begins with a pause. */
  public static Repeating every(Duration period, String name, Runnable task) {
    return new Repeating(name, period, task);
  }

  private void run(Duration period) {
    boolean last = false;
    while (!last) {
      try {
        last = closing.await(period.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException stopped) {
        last = true;
      }
      once();
    }
  }

  private void once() {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, name + " is tried again: " + e.getMessage());
    }
  }

  /** Waits for the last time, at most 5 seconds. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(LAST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
