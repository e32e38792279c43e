package dev.parley.standalone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part that starts on a thread of its own while others start too. Whoever takes it closes it;
 * what nobody took is closed here, once it has started.
 */
final class Starting<T extends AutoCloseable> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Starting.class);

  private final CompletableFuture<T> part;
  private boolean taken;

  private Starting(CompletableFuture<T> part) {
    this.part = part;
  }

  /** Begins to start a part; how long it took is logged. */
  static <T extends AutoCloseable> Starting<T> begin(String name, Supplier<T> start) {
    return new Starting<>(
        CompletableFuture.supplyAsync(
            () -> {
              long begun = System.nanoTime();
              T part = start.get();
              LOG.info("{} started in {} ms", name, (System.nanoTime() - begun) / 1_000_000);
              return part;
            },
            task -> Thread.ofPlatform().name("start-" + name).start(task)));
  }

  /**
   * The part, when it has started.
   *
   * @throws RuntimeException what its start threw
   */
  T take() {
    try {
      T started = part.join();
      taken = true;
      return started;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() throws Exception {
    T left = taken ? null : part.exceptionally(failure -> null).join();
    if (left != null) {
      left.close();
    }
  }
}
