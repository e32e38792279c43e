package dev.parley.kit.concurrent;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A bounded pool of platform threads for native calls (FFM, JNI, ONNX Runtime, FFmpeg). A native
 * call pins its carrier; on a virtual thread a few of them would stop every other conversation.
 */
public final class NativePool implements AutoCloseable {
  private final ThreadPoolExecutor executor;

  /**
   * @param name for thread names
   * @param threads how many native calls run at once
   * @param waiting how many may wait; one more is refused with OVERLOADED
   */
  public NativePool(String name, int threads, int waiting) {
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().name("native-" + name + "-", 0).daemon().factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs a native call and waits for it without pinning the caller's carrier. A caller that is
   * interrupted fails with CANCELLED at once; a call that runs then goes on and its result is lost,
   * so a call that takes something has to note where it is.
   */
  public <T> T call(Callable<T> task) {
    Future<T> future = submit(task);
    return awaited(future, () -> future.cancel(false));
  }

  private static <T> T awaited(Future<T> future, Runnable interrupted) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      interrupted.run();
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "INTERNAL", "interrupted while waiting");
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    }
  }

  /**
   * Makes something native and waits for it, as {@link #call}. What is made for a caller that was
   * interrupted meanwhile is freed.
   */
  public <T> T make(Callable<T> maker, Consumer<T> free) {
    var made = new CompletableFuture<T>();
    submit(() -> {
      try {
        return made.complete(maker.call());
      } catch (Throwable failed) {
        return made.completeExceptionally(failed);
      }
    });
    return awaited(made, () -> made.thenAccept(it -> release(() -> free.accept(it))));
  }

  /** Frees something native without waiting, also where the pool is full or closed. */
  public void release(Runnable free) {
    try {
      submit(Executors.callable(free));
    } catch (Failure full) {
      Thread.ofPlatform().daemon().start(free);
    }
  }

  /** Runs a native call without a result and waits for it. */
  public void run(Runnable task) {
    call(() -> {
      task.run();
      return true;
    });
  }

  /** Hands a native call over without waiting. */
  public <T> Future<T> submit(Callable<T> task) {
    try {
      return executor.submit(task);
    } catch (RejectedExecutionException e) {
      throw Failure.of(
              Failure.Code.RESOURCE_EXHAUSTED,
              "OVERLOADED",
              executor.getQueue().size() + " native calls wait already")
          .retryAfter(Duration.ofMillis(500));
    }
  }

  /** Lets running calls end, for 5 seconds at most. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException rethrow(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }
}
