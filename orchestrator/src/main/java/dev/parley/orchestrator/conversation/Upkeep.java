package dev.parley.orchestrator.conversation;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What must be done but nobody waits for, as writing turns and logs: so many tasks at a time, the
 * rest in its order. Virtual threads are served in the order in which they become ready, so that
 * all tasks at once would stand before everybody who speaks and interrupts. Thread-safe.
 */
public final class Upkeep implements Executor {
  private final Executor threads;
  private final int most;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /** So many tasks at a time, each run by one of those threads. */
  public Upkeep(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      if (running == most) {
        return;
      }
      running++;
    }
    threads.execute(this::work);
  }

  private void work() {
    for (var task = next(); task.isPresent(); task = next()) {
      try {
        task.get().run();
      } catch (RuntimeException fault) {
        System.getLogger("parley.upkeep").log(System.Logger.Level.ERROR, "a task failed", fault);
      }
    }
  }

  /** The next task; where none waits, a place is free. */
  private Optional<Runnable> next() {
    synchronized (waiting) {
      var next = Optional.ofNullable(waiting.poll());
      running -= next.isEmpty() ? 1 : 0;
      return next;
    }
  }
}
