package dev.parley.memorysvc.vectors;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.List;

/**
 * Renews what is stale on a thread of its own, beginning now; a collection that fails is tried
 * again after a pause that grows to a minute. Closing stops it soon; the next start goes on.
 */
public final class BackgroundRenewal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("parley.memory");
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Renewal renewal;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile int left;

  BackgroundRenewal(Renewal renewal) {
    this.renewal = renewal;
    this.thread = Thread.ofVirtual().name("renewal").start(this::run);
  }

  /** Collections that still hold vectors of an earlier model or are of an earlier form. */
  public int left() {
    return left;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!stopped) {
      try {
        renewAll();
        return;
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING, "making collections anew goes on in {0}: {1}", pause, e);
        if (!slept(pause)) {
          return;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private void renewAll() {
    List<StoredCollection> stale = renewal.stale();
    left = stale.size();
    for (StoredCollection it : stale) {
      LOG.log(
          System.Logger.Level.INFO,
          "making {1} anew: {0} points, which hold vectors of {2}",
          it.points(),
          it.key().id(),
          it.space().model());
      try {
        renewal.renew(it.key(), () -> stopped);
      } catch (Failure e) {
        if (!e.reason().equals("COLLECTION_NOT_FOUND")) {
          throw e;
        }
        // Removed, or done by another replica.
      }
      left--;
    }
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
