package dev.parley.orchestrator.conversation;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A mailbox and the one thread that drains it. The thread waits without a time of its own: what is
 * due later is rung by the {@link AlarmClock}, and an alarm that is set already is not set again.
 * What comes often and is not urgent is rung for, too, so that many loops wake together: to wake
 * one thread alone costs more than what it does with 20 ms of sound.
 */
final class Loop implements Mailbox {
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;
  private static final long NEVER = Long.MAX_VALUE;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Thread> resting = new AtomicReference<>();
  private final Consumer<RuntimeException> faults;
  private final AtomicLong alarm = new AtomicLong(NEVER);
  private final AtomicBoolean nudged = new AtomicBoolean();
  private final Runnable nudge = this::nudge;

  /** What a task throws is told to {@code faults}, and the next one runs. */
  Loop(Consumer<RuntimeException> faults) {
    this.faults = faults;
  }

  @Override
  public void post(Runnable task) {
    tasks.add(task);
    wake();
  }

  /** As {@link #post}, some milliseconds later where the thread rests. */
  void postUnhurried(Runnable task) {
    tasks.add(task);
    if (resting.get() != null && nudged.compareAndSet(false, true)) {
      AlarmClock.SHARED.after(0, nudge);
    }
  }

  /** Runs all that waits. */
  void drain() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  /**
   * Steps until it is closed or its thread is interrupted.
   *
   * @param step does what is due; when to come again, in nanoseconds of the clock
   */
  void run(LongSupplier step, LongSupplier nanos, BooleanSupplier closed) {
    while (!closed.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      long due = step.getAsLong();
      if (!closed.getAsBoolean() && tasks.isEmpty()) {
        rest(due, nanos.getAsLong());
      }
    }
  }

  private void rest(long due, long now) {
    long wait = Math.clamp(due - now, 0, LONGEST_WAIT_NANOS);
    if (wait == 0) {
      return;
    }
    long at = now + wait;
    if (at < alarm.get()) {
      alarm.set(at);
      AlarmClock.SHARED.after(wait, () -> ring(at));
    }
    resting.set(Thread.currentThread());
    if (tasks.isEmpty() && alarm.get() != NEVER) {
      LockSupport.park(this);
    }
    resting.set(null);
  }

  /** An alarm that was overtaken by a sooner one rings for nobody. */
  private void ring(long at) {
    if (alarm.compareAndSet(at, NEVER)) {
      wake();
    }
  }

  private void nudge() {
    nudged.set(false);
    wake();
  }

  /** Only who finds the thread resting pays for waking it. */
  private void wake() {
    Thread thread = resting.getAndSet(null);
    if (thread != null) {
      LockSupport.unpark(thread);
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
