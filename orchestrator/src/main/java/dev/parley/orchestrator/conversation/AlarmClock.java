package dev.parley.orchestrator.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rings at a time, at most {@value #TICK_MS} ms late. Alarms of many loops are rung together, since
 * a thread that wakes for each of them costs more than what it wakes. Thread-safe.
 */
final class AlarmClock {
  /** The one of this process. */
  static final AlarmClock SHARED = new AlarmClock();

  private static final int TICK_MS = 2;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MS);
  private final long origin = System.nanoTime();
  private final TreeMap<Long, List<Runnable>> ticks = new TreeMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition sooner = lock.newCondition();

  private AlarmClock() {
    Thread.ofPlatform().daemon().name("alarm-clock").start(this::run);
  }

  /** Runs something that does not block after so many nanoseconds. */
  void after(long nanos, Runnable ring) {
    long due = System.nanoTime() - origin + Math.max(0, nanos);
    long tick = Math.ceilDiv(due, TICK_NANOS);
    lock.lock();
    try {
      boolean first = ticks.isEmpty() || tick < ticks.firstKey();
      ticks.computeIfAbsent(tick, t -> new ArrayList<>()).add(ring);
      if (first) {
        sooner.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (List<Runnable> due = next(); ; due = next()) {
      due.forEach(Runnable::run);
    }
  }

  /** Waits for the first tick that is due and takes it. */
  private List<Runnable> next() {
    lock.lock();
    try {
      for (long wait = untilFirst(); wait > 0; wait = untilFirst()) {
        sooner.awaitNanos(wait);
      }
      return ticks.pollFirstEntry().getValue();
    } catch (InterruptedException unasked) {
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private long untilFirst() {
    return ticks.isEmpty()
        ? Long.MAX_VALUE
        : origin + ticks.firstKey() * TICK_NANOS - System.nanoTime();
  }
}
