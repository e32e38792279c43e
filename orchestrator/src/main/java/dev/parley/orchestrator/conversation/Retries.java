package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Does what must be done, now or later: a task that fails is tried again after growing pauses, for
 * about ten minutes. Tasks must be safe to repeat. Thread-safe.
 */
final class Retries {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST = 25;
  private final Executor background;

  /** Later tries run there. */
  Retries(Executor background) {
    this.background = background;
  }

  /** Runs it here and now; false when that failed and it is tried again later. */
  boolean run(Runnable task) {
    try {
      task.run();
      return true;
    } catch (RuntimeException down) {
      later(task, FIRST_PAUSE, 1);
      return false;
    }
  }

  private void later(Runnable task, Duration pause, int tries) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, background)
        .execute(() -> again(task, pause, tries));
  }

  private void again(Runnable task, Duration pause, int tries) {
    try {
      task.run();
    } catch (RuntimeException down) {
      if (tries < MOST) {
        Duration longer = pause.multipliedBy(2);
        later(task, longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer, tries + 1);
      } else {
        System.getLogger("parley.session").log(System.Logger.Level.ERROR, "given up", down);
      }
    }
  }
}
