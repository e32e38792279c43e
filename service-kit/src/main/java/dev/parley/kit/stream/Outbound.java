package dev.parley.kit.stream;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server's side of a response stream. {@link #send} waits until the client takes more, so a
 * slow client is felt upstream and never in memory. May be used from several threads; meant for
 * virtual ones.
 */
public final class Outbound<T> {
  private final ServerCallStreamObserver<T> observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final java.util.List<Runnable> onCancel = new java.util.ArrayList<>();
  private boolean cancelled;
  private boolean ended;

  Outbound(ServerCallStreamObserver<T> observer) {
    this.observer = observer;
    observer.setOnReadyHandler(this::wake);
    observer.setOnCancelHandler(this::cancelled);
  }

  /**
   * Sends one message, waiting until the transport takes it.
   *
   * @throws Failure CANCELLED when the client is gone
   */
  public void send(T message) {
    lock.lock();
    try {
      while (!observer.isReady() && !cancelled && !ended) {
        changed.await();
      }
      if (cancelled || ended) {
        throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "the client is gone");
      }
      observer.onNext(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "interrupted while sending");
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream well. Nothing happens when it has ended. */
  public void complete() {
    end(observer::onCompleted);
  }

  /** Ends the stream with an error. Nothing happens when it has ended. */
  public void fail(Throwable thrown) {
    end(() -> observer.onError(Failures.toStatus(thrown)));
  }

  /** Whether the client is gone or the stream has ended. */
  public boolean isClosed() {
    lock.lock();
    try {
      return cancelled || ended;
    } finally {
      lock.unlock();
    }
  }

  /** Runs once when the client is gone; at once when it is gone already. */
  public void onCancel(Runnable action) {
    boolean now;
    lock.lock();
    try {
      now = cancelled;
      if (!now) {
        onCancel.add(action);
      }
    } finally {
      lock.unlock();
    }
    if (now) {
      action.run();
    }
  }

  private void end(Runnable how) {
    lock.lock();
    try {
      if (!cancelled && !ended) {
        ended = true;
        how.run();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void cancelled() {
    java.util.List<Runnable> actions;
    lock.lock();
    try {
      cancelled = true;
      actions = java.util.List.copyOf(onCancel);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    actions.forEach(Runnable::run);
  }
}
