package dev.parley.client;

import dev.parley.conversation.v1.ServerEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Events on their way from the thread that reads the wire to the one that takes them. Bounded: a
 * full one makes the wire wait, so that a slow client is felt by the server and not in memory.
 */
final class Arrivals {
  private static final int EVENTS = 64;

  /** An event, or how the stream ended. */
  private sealed interface Arrival {
    record Event(ServerEvent event) implements Arrival {}

    record Failed(ParleyException why) implements Arrival {}

    record Ended() implements Arrival {}
  }

  private final ArrayBlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(EVENTS);
  private volatile boolean closed;

  void event(ServerEvent event) {
    put(new Arrival.Event(event));
  }

  void failed(ParleyException why) {
    put(new Arrival.Failed(why));
  }

  void ended() {
    put(new Arrival.Ended());
  }

  /** The next one; fails with DEADLINE_EXCEEDED when nothing comes for so long. */
  Optional<ServerEvent> next(Duration limit) {
    try {
      return switch (queue.poll(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        case Arrival.Event e -> Optional.of(e.event());
        case Arrival.Failed f -> throw f.why();
        case Arrival.Ended e -> Optional.empty();
        case null ->
            throw ParleyException.of(
                com.google.rpc.Code.DEADLINE_EXCEEDED_VALUE, "", "nothing came for " + limit);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ParleyException.unavailable("interrupted", e);
    }
  }

  /** Whoever still writes is let go. */
  void close() {
    closed = true;
    queue.clear();
  }

  private void put(Arrival arrival) {
    try {
      while (!closed && !queue.offer(arrival, 100, TimeUnit.MILLISECONDS)) {
        continue;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
