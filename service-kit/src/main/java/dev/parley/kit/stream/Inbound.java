package dev.parley.kit.stream;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A bounded queue of the messages that a peer sends. At most {@code capacity} are asked for ahead
 * of those taken, so a fast peer waits. One reader; any thread may fill it.
 */
public final class Inbound<T> {
  private sealed interface Item<T> {
    record Message<T>(T value) implements Item<T> {}

    record End<T>(Optional<Throwable> error) implements Item<T> {}
  }

  private final ArrayBlockingQueue<Item<T>> queue;
  private final IntConsumer requestMore;
  private volatile boolean ended;

  Inbound(int capacity, IntConsumer requestMore) {
    this.queue = new ArrayBlockingQueue<>(capacity + 2);
    this.requestMore = requestMore;
  }

  /**
   * The next message, waiting for it; empty when the peer has half-closed.
   *
   * @throws Failure when the peer failed or is gone
   */
  public Optional<T> take() {
    try {
      return ended ? Optional.empty() : unwrap(queue.take());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "interrupted while receiving");
    }
  }

  /**
   * The next message within a time.
   *
   * @return empty when the peer has half-closed
   * @throws Failure DEADLINE_EXCEEDED when nothing came, or what the peer failed with
   */
  public Optional<T> take(Duration limit) {
    try {
      if (ended) {
        return Optional.empty();
      }
      Item<T> item = queue.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (item == null) {
        throw Failure.of(
            Failure.Code.DEADLINE_EXCEEDED,
            "DEADLINE_EXCEEDED",
            "nothing came for " + limit.toMillis() + " ms");
      }
      return unwrap(item);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "interrupted while receiving");
    }
  }

  private Optional<T> unwrap(Item<T> item) {
    return switch (item) {
      case Item.Message<T> message -> {
        requestMore.accept(1);
        yield Optional.of(message.value());
      }
      case Item.End<T> end -> {
        ended = true;
        if (end.error().isPresent()) {
          throw dev.parley.kit.failure.Failures.fromStatus(end.error().get());
        }
        yield Optional.empty();
      }
    };
  }

  void add(T value) {
    if (!queue.offer(new Item.Message<>(value))) {
      throw new IllegalStateException("the peer sent more than was asked for");
    }
  }

  void end(Optional<Throwable> error) {
    queue.offer(new Item.End<>(error));
  }
}
