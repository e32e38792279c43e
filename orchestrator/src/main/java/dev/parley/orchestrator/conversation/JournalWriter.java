package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands a session's events to the journal in batches, in order, off the session's thread. While the
 * journal is down events wait and are offered again after growing pauses; the oldest are given up
 * first. Thread-safe.
 */
final class JournalWriter {
  private static final int MOST_WAITING = 4096;
  private static final Duration GATHER = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private final String sessionId;
  private final Parts parts;
  private final Runnable failed;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock writeOrder = new ReentrantLock();
  private final ArrayDeque<LoggedEvent> waiting = new ArrayDeque<>();
  private boolean scheduled;
  private Duration pause = FIRST_PAUSE;

  /** {@code failed} is told once each time the journal goes down, on some other thread. */
  JournalWriter(String sessionId, Parts parts, Runnable failed) {
    this.sessionId = sessionId;
    this.parts = parts;
    this.failed = failed;
  }

  void add(LoggedEvent event) {
    if (parts.journal().isEmpty()) {
      return;
    }
    lock.lock();
    try {
      if (waiting.size() == MOST_WAITING) {
        waiting.removeFirst();
      }
      waiting.add(event);
      if (!scheduled) {
        scheduled = true;
        schedule(GATHER);
      }
    } finally {
      lock.unlock();
    }
  }

  private void schedule(Duration after) {
    CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS, parts.upkeep())
        .execute(this::write);
  }

  /** Writes all that waits; blocks. False when the journal did not take it. */
  boolean write() {
    writeOrder.lock();
    try {
      for (List<LoggedEvent> batch = next(); !batch.isEmpty(); batch = next()) {
        try {
          parts.journal().get().append(sessionId, batch);
        } catch (RuntimeException down) {
          giveBack(batch);
          return false;
        }
      }
      return true;
    } finally {
      writeOrder.unlock();
    }
  }

  private List<LoggedEvent> next() {
    lock.lock();
    try {
      List<LoggedEvent> batch = List.copyOf(waiting);
      waiting.clear();
      scheduled = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(List<LoggedEvent> batch) {
    boolean first;
    lock.lock();
    try {
      first = pause == FIRST_PAUSE;
      for (int i = batch.size() - 1; i >= 0 && waiting.size() < MOST_WAITING; i--) {
        waiting.addFirst(batch.get(i));
      }
      schedule(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    } finally {
      lock.unlock();
    }
    if (first) {
      failed.run();
    }
  }
}
