package dev.parley.kit.stream;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Runnable> onOver = new ArrayList<>();
  private boolean over;
  private boolean ended;

  Outbound(ServerCallStreamObserver<T> observer) {
    this.observer = observer;
    observer.setOnReadyHandler(this::wake);
    observer.setOnCancelHandler(this::over);
    observer.setOnCloseHandler(this::over);
  }

  /**
   * Sends one message, waiting until the transport takes it.
   *
   * @throws Failure CANCELLED when the client is gone
   */
  public void send(T message) {
    lock.lock();
    try {
      while (!observer.isReady() && !over && !ended) {
        changed.await();
      }
      if (over || ended) {
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
      return over || ended;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs once when the call is over, because the client is gone or because somebody ended it; at
   * once when it is over already.
   */
  public void onOver(Runnable action) {
    boolean now;
    lock.lock();
    try {
      now = over;
      if (!now) {
        onOver.add(action);
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
      if (!over && !ended) {
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

  private void over() {
    List<Runnable> actions;
    lock.lock();
    try {
      over = true;
      actions = List.copyOf(onOver);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    actions.forEach(Runnable::run);
  }
}
