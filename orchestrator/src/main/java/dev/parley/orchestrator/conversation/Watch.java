package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Shows that this replica lives, and goes on with the sessions of those that do not. Replicas look
 * at times of their own and in an order of their own, so that they do not run for the same
 * sessions. One thread; {@link #close} ends it.
 */
public final class Watch implements AutoCloseable {
  private static final long BEAT_MS = Duration.ofMillis(500).toMillis();
  private static final int MOST_AT_ONCE = 64;
  private final Leases leases;
  private final Sessions sessions;
  private final Thread thread;
  private volatile boolean closed;

  private Watch(Leases leases, Sessions sessions) {
    this.leases = leases;
    this.sessions = sessions;
    this.thread = Thread.ofVirtual().name("watch").unstarted(this::run);
  }

  /** Shows life at once, then twice a second. */
  public static Watch start(Leases leases, Sessions sessions) {
    var watch = new Watch(leases, sessions);
    watch.look();
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!closed) {
        Thread.sleep(BEAT_MS * 3 / 4 + ThreadLocalRandom.current().nextLong(BEAT_MS / 2));
        look();
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      leases.beat();
      var orphans = new java.util.ArrayList<>(leases.orphans(MOST_AT_ONCE));
      Collections.shuffle(orphans);
      adopt(orphans);
    } catch (Failure down) {
      System.getLogger("parley.session")
          .log(System.Logger.Level.DEBUG, "leases are not there", down);
    }
  }

  private void adopt(List<String> orphans) {
    for (String id : orphans) {
      if (!closed) {
        sessions.parts().background().execute(() -> sessions.adopt(id));
      }
    }
  }

  /** Nothing more is adopted, and nobody is here any more. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      leases.leave();
    } catch (Failure down) {
      System.getLogger("parley.session")
          .log(System.Logger.Level.DEBUG, "leases expire by themselves", down);
    }
  }
}
