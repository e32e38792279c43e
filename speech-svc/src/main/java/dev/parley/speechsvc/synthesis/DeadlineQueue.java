package dev.parley.speechsvc.synthesis;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One platform thread that makes what is wanted soonest first, so that the first words of one
 * person come before the later words of another. It learns how long its work takes; what would make
 * anything come more than {@link #MOST_LATE} late is refused with the time to come back, unless it
 * continues what was begun. Thread-safe; a call blocks while its work waits and is done.
 */
public final class DeadlineQueue implements AutoCloseable {

  /** What comes later than this after it was wanted is better not begun. */
  public static final Duration MOST_LATE = Duration.ofSeconds(2);

  private static final int MOST_WAITING = 256;
  private static final double NEWEST = 0.1;

  /**
   * Work that gives a part of its result away before it is done.
   *
   * @param <P> the part
   * @param <T> the result
   */
  @FunctionalInterface
  public interface InParts<P, T> {
    /** Does it; of several parts the first counts. */
    T call(Consumer<P> part) throws Exception;
  }

  private static final class Job<T> extends FutureTask<T> {
    private final long deadline;
    private final long order;
    private final int size;
    private final Runnable over;

    Job(Callable<T> work, long deadline, long order, int size, Runnable over) {
      super(work);
      this.deadline = deadline;
      this.order = order;
      this.size = size;
      this.over = over;
    }

    @Override
    protected void done() {
      over.run();
    }
  }

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final PriorityQueue<Job<?>> waiting =
      new PriorityQueue<>(
          Comparator.<Job<?>>comparingLong(j -> j.deadline).thenComparing(j -> j.order));
  private final Thread worker;
  private double nanosPerUnit;
  private long orders;
  private long freeAt;
  private boolean closed;

  /**
   * @param name of the thread
   * @param nanosPerUnit how long a unit of work takes, as far as is known before the first
   * @param nanos a monotonic clock
   */
  public DeadlineQueue(String name, double nanosPerUnit, LongSupplier nanos) {
    this.nanos = nanos;
    this.nanosPerUnit = nanosPerUnit;
    this.freeAt = nanos.getAsLong();
    worker = Thread.ofPlatform().daemon().name("native-" + name).start(this::work);
  }

  /**
   * Does some work and waits for it.
   *
   * @param size of the work, in units
   * @throws Failure OVERLOADED where it would come too late; CANCELLED when the caller's thread was
   *     interrupted, and what has not begun is then not done
   */
  public <T> T call(int size, Need need, Callable<T> work) {
    return begin(size, need, _ -> work.call()).result();
  }

  /**
   * The same without waiting.
   *
   * @throws Failure OVERLOADED as {@link #call}
   */
  public <P, T> Pending<P, T> begin(int size, Need need, InParts<P, T> work) {
    var part = new CompletableFuture<Optional<P>>();
    Callable<T> whole = () -> work.call(it -> part.complete(Optional.of(it)));
    return new Pending<>(part, enter(size, need, whole, () -> part.complete(Optional.empty())));
  }

  /** Work that waits or is done; for the thread that began it. */
  public final class Pending<P, T> {
    private final CompletableFuture<Optional<P>> part;
    private final Job<T> job;

    private Pending(CompletableFuture<Optional<P>> part, Job<T> job) {
      this.part = part;
      this.job = job;
    }

    /** Waits for the part; empty where the work is over without one. */
    public Optional<P> part() {
      return waited(part);
    }

    /**
     * Waits until all is done.
     *
     * @throws Failure as {@link #call}
     */
    public T result() {
      return waited(job);
    }

    private <R> R waited(Future<R> of) {
      try {
        return of.get();
      } catch (InterruptedException e) {
        leave(job);
        Thread.currentThread().interrupt();
        throw Failure.of(Failure.Code.CANCELLED, "SPEECH_FAILED", "interrupted while waiting");
      } catch (CancellationException e) {
        throw closed();
      } catch (ExecutionException e) {
        throw thrown(e.getCause());
      }
    }
  }

  private static Failure closed() {
    return Failure.unavailable("the voice is closed", Duration.ofSeconds(1));
  }

  /** How many wait. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private <T> Job<T> enter(int size, Need need, Callable<T> work, Runnable over) {
    lock.lock();
    try {
      if (closed) {
        throw closed();
      }
      var job =
          new Job<>(
              () -> timed(size, work),
              nanos.getAsLong() + need.within().toNanos(),
              orders++,
              size,
              over);
      waiting.add(job);
      Duration late = latest();
      boolean tooLate = !need.continues() && late.compareTo(MOST_LATE) > 0;
      if (tooLate || waiting.size() > MOST_WAITING) {
        waiting.remove(job);
        throw overloaded(late);
      }
      added.signal();
      return job;
    } finally {
      lock.unlock();
    }
  }

  /** How much too late the most belated of all that waits would come. */
  private Duration latest() {
    double at = Math.max(nanos.getAsLong(), freeAt);
    double late = 0;
    var rest = new PriorityQueue<>(waiting);
    for (var job = rest.poll(); job != null; job = rest.poll()) {
      late = Math.max(late, at - job.deadline);
      at += job.size * nanosPerUnit;
    }
    return Duration.ofNanos((long) late);
  }

  private Failure overloaded(Duration late) {
    String message =
        "%d phrases wait for the voice, the last of them %.1f s too long (expected %d s at most)"
            .formatted(waiting.size(), late.toMillis() / 1000.0, MOST_LATE.toSeconds());
    return Failure.of(Failure.Code.RESOURCE_EXHAUSTED, "OVERLOADED", message)
        .retryAfter(late.compareTo(MOST_LATE) > 0 ? late : MOST_LATE);
  }

  private void leave(Job<?> job) {
    lock.lock();
    try {
      job.cancel(false);
      waiting.remove(job);
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (var job = next(); !closed; job = next()) {
        job.run();
      }
    } catch (InterruptedException e) {
      lock.lock();
      try {
        closed = true;
        waiting.forEach(job -> job.cancel(false));
      } finally {
        lock.unlock();
      }
    }
  }

  private Job<?> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        added.await();
      }
      var job = waiting.remove();
      freeAt = nanos.getAsLong() + (long) (job.size * nanosPerUnit);
      return job;
    } finally {
      lock.unlock();
    }
  }

  /** The worker's; what was learnt is known before the result is. */
  private <T> T timed(int size, Callable<T> work) throws Exception {
    long begun = nanos.getAsLong();
    try {
      return work.call();
    } finally {
      learn(size, begun, nanos.getAsLong());
    }
  }

  private void learn(int size, long begun, long now) {
    lock.lock();
    try {
      freeAt = now;
      if (size > 0) {
        nanosPerUnit += NEWEST * ((double) (now - begun) / size - nanosPerUnit);
      }
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException thrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  /** What waits is given up; what runs is waited for, some seconds at most. */
  @Override
  public void close() {
    worker.interrupt();
    try {
      worker.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
