package dev.parley.e2e;

import dev.parley.conversation.v1.ServerEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Events as they came in; empty marks the end of the connection. */
final class Received {
  private final LinkedBlockingQueue<Optional<ServerEvent>> events = new LinkedBlockingQueue<>();

  /** Reads on a thread of its own up to the end. */
  void from(Supplier<Optional<ServerEvent>> reading) {
    Thread.ofVirtual()
        .start(() -> {
          Optional<ServerEvent> event = reading.get();
          while (event.isPresent()) {
            add(event);
            event = reading.get();
          }
          add(event);
        });
  }

  void add(Optional<ServerEvent> event) {
    events.add(event);
  }

  /** The next one, or a failure when nothing comes for so long. */
  Optional<ServerEvent> next(Duration limit) {
    try {
      Optional<ServerEvent> event = events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null) {
        throw new IllegalStateException("nothing came for " + limit);
      }
      return event;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
