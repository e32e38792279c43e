package dev.parley.mesh;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that is kept alive: when it ends by itself it is started again, after a pause that
 * doubles while it keeps ending and is short again once it has lived for a while. Thread-safe.
 */
final class Child implements AutoCloseable {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final Launch launch;
  private final Consumer<String> told;
  private Process process;
  private Duration pause = FIRST;
  private long startedNanos;
  private int restarts;
  private boolean closed;

  private Child(Launch launch, Consumer<String> told) {
    this.launch = launch;
    this.told = told;
  }

  /**
   * Starts it.
   *
   * @param told what became of it, a line each time
   */
  static Child start(Launch launch, Consumer<String> told) {
    Child child = new Child(launch, told);
    child.begin();
    return child;
  }

  Launch launch() {
    return launch;
  }

  synchronized long pid() {
    return process.pid();
  }

  synchronized boolean isAlive() {
    return process.isAlive();
  }

  /** How often it was started again. */
  synchronized int restarts() {
    return restarts;
  }

  private synchronized void begin() {
    try {
      process = launch.start();
      startedNanos = System.nanoTime();
      process.onExit().thenAccept(ended -> Thread.ofVirtual().start(() -> again(ended)));
    } catch (IOException e) {
      throw new UncheckedIOException(launch.name() + " cannot be started", e);
    }
  }

  private void again(Process ended) {
    Duration wait;
    synchronized (this) {
      if (closed) {
        return;
      }
      boolean settled = System.nanoTime() - startedNanos > SETTLED.toNanos();
      wait = settled ? FIRST : pause;
      Duration twice = wait.multipliedBy(2);
      pause = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
      restarts++;
    }
    told.accept(
        "%s ended with %d; starting it again in %d ms (%s)"
            .formatted(launch.name(), ended.exitValue(), wait.toMillis(), launch.log()));
    sleep(wait);
    synchronized (this) {
      if (!closed) {
        begin();
      }
    }
  }

  /** From now on an end is meant. */
  synchronized void letGo() {
    closed = true;
  }

  /** Tells it to stop and waits; ends it when it does not. */
  @Override
  public void close() {
    Process last;
    synchronized (this) {
      closed = true;
      last = process;
    }
    last.destroy();
    try {
      if (!last.waitFor(15, TimeUnit.SECONDS)) {
        last.destroyForcibly();
        told.accept(launch.name() + " did not stop and was ended");
      }
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Fails with why when it ended before it was ready. */
  void mustLive() {
    if (restarts() > 2) {
      throw Failure.of(
          Failure.Code.UNAVAILABLE,
          "UNAVAILABLE",
          launch.name() + " does not start; its log is " + launch.log());
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
