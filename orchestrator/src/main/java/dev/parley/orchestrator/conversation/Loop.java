package dev.parley.orchestrator.conversation;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A mailbox and the one thread that drains it. */
final class Loop implements Mailbox {
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Consumer<RuntimeException> faults;

  /** What a task throws is told to {@code faults}, and the next one runs. */
  Loop(Consumer<RuntimeException> faults) {
    this.faults = faults;
  }

  @Override
  public void post(Runnable task) {
    tasks.add(task);
  }

  /** Runs all that waits. */
  void drain() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  /**
   * Steps until it is closed.
   *
   * @param step does what is due; when to come again, in nanoseconds of the clock
   */
  void run(LongSupplier step, LongSupplier nanos, BooleanSupplier closed) {
    try {
      while (!closed.getAsBoolean()) {
        long wait = Math.clamp(step.getAsLong() - nanos.getAsLong(), 0, LONGEST_WAIT_NANOS);
        Runnable task = closed.getAsBoolean() ? null : tasks.poll(wait, TimeUnit.NANOSECONDS);
        if (task != null) {
          guarded(task);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      faults.accept(fault);
    }
  }
}
