package dev.parley.orchestrator.identity.audit;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Takes deeds without making anybody wait and writes them in batches from one thread. While the
 * store is away they are kept, {@value #MOST} at most; one that it refuses for good is dropped. How
 * many found no room or were dropped is itself an entry, in nobody's log, as soon as there is room.
 * Closing writes what is left. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
  static final int MOST = 10_000;
  private static final int BATCH = 256;
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofSeconds(5);
  private static final int NOBODYS_A_SECOND = 20;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final Deed END = new Deed(Instant.MAX, "", "", "", "", "", "", "");
  private static final System.Logger LOG = System.getLogger("parley.audit");

  private final AuditStore store;
  private final BlockingQueue<Deed> waiting;
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong untold = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicReference<Rate> nobodys = new AtomicReference<>(new Rate(0, 0));
  private final Thread writer;

  /** Writes into that store. */
  public AuditLog(AuditStore store) {
    this(store, MOST);
  }

  AuditLog(AuditStore store, int most) {
    this.store = store;
    this.waiting = new ArrayBlockingQueue<>(most);
    this.writer = Thread.ofVirtual().name("audit").start(this::write);
  }

  /** Takes a deed; never blocks and never fails. */
  public void add(Deed deed) {
    if (isTooMany(deed) || !waiting.offer(deed)) {
      lost.incrementAndGet();
      untold.incrementAndGet();
    }
  }

  /** Whoever is nobody has no limit but this: anybody could fill the log. */
  private boolean isTooMany(Deed deed) {
    if (!deed.organisationId().isEmpty()) {
      return false;
    }
    long second = System.nanoTime() / SECOND_NANOS;
    return nobodys
            .updateAndGet(it ->
                it.second() == second ? new Rate(second, it.count() + 1) : new Rate(second, 1))
            .count()
        > NOBODYS_A_SECOND;
  }

  private record Rate(long second, int count) {}

  /** How many deeds found no room or were refused since the start. */
  public long lost() {
    return lost.get();
  }

  private void write() {
    List<Deed> batch = new ArrayList<>(BATCH);
    try {
      while (!isClosing() || !waiting.isEmpty()) {
        take(batch);
        if (!append(batch)) {
          lost.addAndGet(batch.size() + waiting.size());
          LOG.log(System.Logger.Level.ERROR, "{0} audit entries found no store", lost);
          return;
        }
        batch.clear();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void take(List<Deed> batch) throws InterruptedException {
    Deed first = isClosing() ? END : waiting.take();
    batch.add(first);
    waiting.drainTo(batch, BATCH - 1);
    batch.removeIf(it -> it == END);
    long gap = untold.getAndSet(0);
    if (gap > 0) {
      batch.add(new Deed(Instant.now(), "", "", "audit_gap", "lost", "" + gap, Deed.DONE, ""));
    }
  }

  /**
   * Has all written, each organisation's by itself, which the store writes as a whole or not at
   * all; false when the store is away once more after the log was closed, with the rest left.
   */
  private boolean append(List<Deed> batch) throws InterruptedException {
    while (!batch.isEmpty()) {
      String organisation = batch.getFirst().organisationId();
      Predicate<Deed> its = it -> it.organisationId().equals(organisation);
      if (!written(batch.stream().filter(its).toList())) {
        return false;
      }
      batch.removeIf(its);
    }
    return true;
  }

  /** Tries until it is written or refused for good, then one by one. */
  private boolean written(List<Deed> deeds) throws InterruptedException {
    while (true) {
      boolean last = isClosing();
      try {
        store.append(deeds);
        return true;
      } catch (RuntimeException failed) {
        if (!isAway(failed)) {
          return deeds.size() == 1 ? dropped(failed) : oneByOne(deeds);
        }
        if (last) {
          return false;
        }
        closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private boolean oneByOne(List<Deed> deeds) throws InterruptedException {
    for (Deed deed : deeds) {
      if (!written(List.of(deed))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAway(RuntimeException failed) {
    return failed instanceof Failure it && it.code() == Failure.Code.UNAVAILABLE;
  }

  /** Without the words of the entry, which those of a database would repeat. */
  private boolean dropped(RuntimeException refused) {
    lost.incrementAndGet();
    untold.incrementAndGet();
    String why =
        refused instanceof Failure it ? it.getMessage() : refused.getClass().getSimpleName();
    LOG.log(System.Logger.Level.ERROR, "an audit entry is refused for good: {0}", why);
    return true;
  }

  /** Writes what is left, for at most 5 seconds. */
  @Override
  public void close() {
    closing.countDown();
    waiting.offer(END);
    try {
      writer.join(LAST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
