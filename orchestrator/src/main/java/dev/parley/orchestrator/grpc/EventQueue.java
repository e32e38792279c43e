package dev.parley.orchestrator.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.Event;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.Outlet;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A bounded hand-over from the session's thread to the one that writes to the client. An
 * interruption overtakes the media that it cuts.
 */
final class EventQueue implements Outlet {
  private static final int MOST = 32;
  private final ArrayDeque<LoggedEvent> events = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<Failure> failure = Optional.empty();
  private boolean closed;
  private boolean refused;
  private final Consumer<Failure> failed;

  /** {@code failed} is told at once when the attachment fails, whatever still waits. */
  EventQueue(Consumer<Failure> failed) {
    this.failed = failed;
  }

  @Override
  public boolean offer(LoggedEvent event) {
    lock.lock();
    try {
      if (event.event() instanceof Event.Interrupted cut) {
        events.removeIf(e -> cut.silences(event.turnId(), e));
      }
      boolean full = events.size() >= MOST;
      refused |= full;
      if (!full) {
        events.add(event);
        changed.signal();
      }
      return !full;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    end(Optional.empty());
  }

  @Override
  public void fail(Failure why) {
    end(Optional.of(why));
    failed.accept(why);
  }

  /** The next event, empty at the end; {@code pump} is run when there is room again. */
  Optional<LoggedEvent> take(Runnable pump) {
    lock.lock();
    try {
      while (events.isEmpty() && !closed) {
        changed.await();
      }
      if (events.isEmpty()) {
        failure.ifPresent(f -> {
          throw f;
        });
        return Optional.empty();
      }
      LoggedEvent next = events.remove();
      if (refused && events.size() <= MOST / 2) {
        refused = false;
        pump.run();
      }
      return Optional.of(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "the client is gone");
    } finally {
      lock.unlock();
    }
  }

  private void end(Optional<Failure> why) {
    lock.lock();
    try {
      closed = true;
      failure = why;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
