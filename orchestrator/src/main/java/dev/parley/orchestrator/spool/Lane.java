package dev.parley.orchestrator.spool;

import dev.parley.kit.failure.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The way into one store. While the store is there, things go straight in; when it is away they
 * wait on disk, nobody waits for it, and one thread asks for it until it takes all of them, in
 * their order. What a store that is there refuses again and again is put aside. Thread-safe.
 */
final class Lane implements AutoCloseable {
  /** Puts one thing into the store; safe to repeat. Fails with STORE_FAILED. */
  interface Writer {
    void write(Waiting what, byte[] bytes);
  }

  private record Kept(long number, Waiting what, Path file, long bytes) {}

  /** What came of offering one to the store; what is gone was dropped or replaced meanwhile. */
  private enum Offer {
    TAKEN,
    GONE,
    NOT_TAKEN
  }

  private static final System.Logger LOG = System.getLogger("parley.spool");
  private static final String AWAY = "STORE_FAILED";
  private static final int IN_A_ROW = 2;
  private static final int MOST_REFUSALS = 20;

  private final String name;
  private final SpoolFolder folder;
  private final Room room;
  private final AtomicLong numbers;
  private final Writer writer;
  private final Duration longestPause;
  private final Map<String, Kept> waiting = new LinkedHashMap<>();
  private final Map<Long, Integer> refusals = new LinkedHashMap<>();
  private Optional<Thread> thread = Optional.empty();
  private boolean closed;

  Lane(
      String name,
      SpoolFolder folder,
      Room room,
      AtomicLong numbers,
      Writer writer,
      Duration longestPause) {
    this.name = name;
    this.folder = folder;
    this.room = room;
    this.numbers = numbers;
    this.writer = writer;
    this.longestPause = longestPause;
  }

  /** Takes on what another process left. */
  synchronized void takeOn(Path file, Waiting what) {
    add(new Kept(SpoolFolder.number(file), what, file, SpoolFolder.size(file)));
  }

  /**
   * Does it, or has it done as soon as the store is back.
   *
   * @throws Failure of the store where it is another than STORE_FAILED; STORE_FAILED where the disk
   *     takes it neither
   */
  void put(Waiting what, byte[] bytes, Runnable now) {
    if (!isBehind()) {
      try {
        now.run();
        return;
      } catch (Failure away) {
        if (!away.reason().equals(AWAY)) {
          throw away;
        }
      }
    }
    long number = numbers.incrementAndGet();
    Path file = folder.write(number, what, bytes);
    synchronized (this) {
      add(new Kept(number, what, file, SpoolFolder.size(file)));
    }
  }

  private void add(Kept it) {
    Optional.ofNullable(waiting.remove(it.what().name())).ifPresent(this::discard);
    waiting.put(it.what().name(), it);
    room.add(it.bytes());
    if (!closed && thread.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "{0}: the store is away; what comes waits", name);
      thread = Optional.of(Thread.ofVirtual().name("spool-" + name).start(this::drain));
    }
  }

  /** Whether something waits. */
  synchronized boolean isBehind() {
    return !waiting.isEmpty();
  }

  /** The bytes of one that waits. */
  Optional<byte[]> find(Predicate<Waiting> wanted) {
    Optional<Kept> found = first(wanted);
    try {
      return found.map(it -> SpoolFolder.bytes(it.file()));
    } catch (Failure gone) {
      if (isStill(found.orElseThrow())) {
        throw gone;
      }
      return Optional.empty();
    }
  }

  /** One that waits. */
  Optional<Waiting> what(Predicate<Waiting> wanted) {
    return first(wanted).map(Kept::what);
  }

  private synchronized Optional<Kept> first(Predicate<Waiting> wanted) {
    return waiting.values().stream().filter(it -> wanted.test(it.what())).findFirst();
  }

  /** Forgets those that wait; how many there were. */
  synchronized int drop(Predicate<Waiting> unwanted) {
    List<Kept> found = waiting.values().stream().filter(it -> unwanted.test(it.what())).toList();
    found.forEach(it -> {
      waiting.remove(it.what().name());
      discard(it);
    });
    return found.size();
  }

  private void discard(Kept it) {
    room.add(-it.bytes());
    refusals.remove(it.number());
    SpoolFolder.delete(it.file());
  }

  // --- its thread -------------------------------------------------------------------------------

  private void drain() {
    long pause = Duration.ofMillis(100).toMillis();
    try {
      while (!isDone()) {
        boolean some = passed();
        pause = some ? 100 : Math.min(2 * pause, longestPause.toMillis());
        if (isBehind()) {
          Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One pass; a disk that does not do as it should ends it, and not this thread. */
  private boolean passed() {
    try {
      return pass();
    } catch (Failure disk) {
      LOG.log(System.Logger.Level.ERROR, "{0}: {1}", name, disk.getMessage());
      return false;
    }
  }

  private synchronized boolean isDone() {
    if (waiting.isEmpty() || closed) {
      thread = Optional.empty();
      if (!closed) {
        LOG.log(System.Logger.Level.INFO, "{0}: the store has all that waited", name);
      }
      return true;
    }
    return false;
  }

  /**
   * Offers what waits, until two in a row are not taken; whether any was. Where none was before
   * those two, one from behind them tells a store that is away from two that it never takes.
   */
  private boolean pass() {
    List<Kept> offers = new ArrayList<>(all());
    List<Kept> refused = new ArrayList<>();
    boolean some = false;
    int row = 0;
    for (int i = 0; i < offers.size() && row < (some ? IN_A_ROW : IN_A_ROW + 1); i++) {
      if (row == IN_A_ROW) {
        Collections.swap(offers, i, further(i, offers.size()));
      }
      Kept it = offers.get(i);
      switch (offer(it)) {
        case TAKEN -> {
          some = true;
          row = 0;
        }
        case NOT_TAKEN -> {
          refused.add(it);
          row++;
        }
        case GONE -> {}
      }
    }
    if (some) {
      refused.forEach(this::refused);
    }
    return some;
  }

  private synchronized List<Kept> all() {
    return List.copyOf(waiting.values());
  }

  /** The newest is likely a good one; any other is asked as often, so that each has its turn. */
  private static int further(int from, int size) {
    var random = ThreadLocalRandom.current();
    return random.nextBoolean() ? size - 1 : random.nextInt(from, size);
  }

  private Offer offer(Kept it) {
    try {
      writer.write(it.what(), SpoolFolder.bytes(it.file()));
    } catch (RuntimeException notNow) {
      return isStill(it) ? Offer.NOT_TAKEN : Offer.GONE;
    }
    synchronized (this) {
      if (isStill(it)) {
        waiting.remove(it.what().name());
        discard(it);
      }
    }
    return Offer.TAKEN;
  }

  private synchronized boolean isStill(Kept it) {
    return it.equals(waiting.get(it.what().name()));
  }

  /** The store takes others: this one it may never take. */
  private synchronized void refused(Kept it) {
    boolean never = refusals.merge(it.number(), 1, Integer::sum) >= MOST_REFUSALS;
    if (never && isStill(it)) {
      waiting.remove(it.what().name());
      refusals.remove(it.number());
      room.add(-it.bytes());
      SpoolFolder.setAside(it.file());
      LOG.log(System.Logger.Level.ERROR, "{0}: {1} is refused, put aside", name, it.what().key());
    }
  }

  /** What still waits stays on disk for the next process. */
  @Override
  public synchronized void close() {
    closed = true;
    thread.ifPresent(Thread::interrupt);
  }
}
