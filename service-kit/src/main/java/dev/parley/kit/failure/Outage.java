package dev.parley.kit.failure;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Knows that something is away, so that only one thread of its own asks whether it is back and
 * nobody else waits: who comes meanwhile is refused at once with the failure that began it.
 * Thread-safe.
 */
public final class Outage implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final System.Logger LOG = System.getLogger("parley.outage");

  private final String name;
  private final Runnable probe;
  private final AtomicReference<Optional<RuntimeException>> away =
      new AtomicReference<>(Optional.empty());
  private volatile boolean closed;

  /**
   * Of something by that name.
   *
   * @param probe throws while it is away; may block
   */
  public Outage(String name, Runnable probe) {
    this.name = name;
    this.probe = probe;
  }

  /** Whether it is known to be away. */
  public boolean isOn() {
    return away.get().isPresent();
  }

  /**
   * Runs a step unless it is away.
   *
   * @param isAway whether a failure of the step means that it is
   */
  public <T> T run(Supplier<T> step, Predicate<RuntimeException> isAway) {
    Optional<RuntimeException> known = away.get();
    if (known.isPresent()) {
      throw known.get();
    }
    try {
      return step.get();
    } catch (RuntimeException failure) {
      if (!closed && isAway.test(failure)) {
        begin(failure);
      }
      throw failure;
    }
  }

  /** Somebody saw that it is there. */
  public void over() {
    away.set(Optional.empty());
  }

  private void begin(RuntimeException failure) {
    if (away.compareAndSet(Optional.empty(), Optional.of(failure))) {
      LOG.log(System.Logger.Level.WARNING, "{0} is away: {1}", name, failure.getMessage());
      Thread.ofVirtual().name("outage-" + name).start(this::ask);
    }
  }

  private void ask() {
    long pause = FIRST_PAUSE.toMillis();
    try {
      do {
        Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
        pause = Math.min(2 * pause, LONGEST_PAUSE.toMillis());
      } while (!closed && !isBack());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    over();
  }

  private boolean isBack() {
    try {
      probe.run();
      over();
      LOG.log(System.Logger.Level.INFO, "{0} is back", name);
      return true;
    } catch (RuntimeException still) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
