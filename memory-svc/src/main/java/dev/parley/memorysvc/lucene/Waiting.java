package dev.parley.memorysvc.lucene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Changes that wait for the one thread that makes them. */
final class Waiting {
  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();

  /** A change, or empty for the end; done when it is on disk. */
  record Pending(Optional<Commits.Change> change, CompletableFuture<Boolean> done) {}

  CompletableFuture<Boolean> add(Optional<Commits.Change> change) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    queue.add(new Pending(change, done));
    return done;
  }

  /** All that wait, at least one; none when the time is over. */
  List<Pending> next(Optional<Duration> most) {
    List<Pending> batch = new ArrayList<>();
    while (true) {
      try {
        Pending first =
            most.isPresent()
                ? queue.poll(most.get().toMillis(), TimeUnit.MILLISECONDS)
                : queue.take();
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch);
        }
        return batch;
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt that thread; the end is a change of its own.
      }
    }
  }
}
