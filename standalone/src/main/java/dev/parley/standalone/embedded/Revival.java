package dev.parley.standalone.embedded;

import dev.parley.kit.failure.Retry;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a child process alive: when it ends and nobody stopped it, it is started again on the same
 * port and data, so that whoever uses it goes on. Thread-safe.
 */
final class Revival implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Revival.class);
  private static final Retry PATIENCE =
      new Retry(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(2));

  private final String name;
  private final Supplier<ProcessHandle> start;
  private volatile boolean closed;
  private volatile int restarts;

  private Revival(String name, Supplier<ProcessHandle> start) {
    this.name = name;
    this.start = start;
  }

  /**
   * Watches a process.
   *
   * @param start starts it again; ready when it returns, tried again when it throws
   */
  static Revival of(String name, ProcessHandle first, Supplier<ProcessHandle> start) {
    var revival = new Revival(name, start);
    revival.watch(first);
    return revival;
  }

  private void watch(ProcessHandle process) {
    process.onExit().thenRun(() -> Thread.ofVirtual().name(name).start(this::ended));
  }

  private void ended() {
    if (closed) {
      return;
    }
    log.warn("{} ended; starting it again", name);
    try {
      ProcessHandle next = PATIENCE.run(start, e -> !closed);
      if (closed) {
        next.destroy();
      } else {
        restarts++;
        watch(next);
      }
    } catch (RuntimeException e) {
      log.error("{} cannot be started again; restart Parley", name, e);
    }
  }

  /** How often it was started again. */
  int restarts() {
    return restarts;
  }

  /** From now on an end is meant. */
  @Override
  public void close() {
    closed = true;
  }
}
