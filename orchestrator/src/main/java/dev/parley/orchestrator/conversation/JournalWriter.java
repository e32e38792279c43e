package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands a session's events to the journal in batches, in order, one batch at a time. What somebody
 * waits for goes at once, and so does the first of what flows; the rest of it is ahead of its time
 * and goes some milliseconds later with what follows. While the journal is down events wait and are
 * offered again after growing pauses; the oldest are given up first. The session's thread adds and
 * ticks; any thread may ask.
 */
final class JournalWriter {
  /** What flows is written together so long: much less than media is ahead of the loudspeaker. */
  static final long GATHER_NANOS = Duration.ofMillis(90).toNanos();

  /** A tier of a turn begins to flow when it was silent so long. */
  private static final long FLOW_NANOS = Duration.ofMillis(300).toNanos();

  private static final int MOST_WAITING = 4096;
  private static final int MOST_AT_ONCE = 512;
  private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
  private static final long NEVER = Long.MAX_VALUE;
  private static final long NEVER_YET = Long.MIN_VALUE / 2;

  private record Batch(
      List<LoggedEvent> events, Optional<SessionState> state, boolean urgent, long puts) {}

  private final String place;
  private final Parts parts;
  private final Tenure tenure;
  private final Runnable changed;
  private final Runnable lost;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<LoggedEvent> waiting = new ArrayDeque<>();
  private Optional<SessionState> state = Optional.empty();
  private final long[] flowedAt = new long[Tier.values().length];
  private String flowingTurn = "";
  private boolean urgent;
  private boolean busy;
  private long lastSent = NEVER_YET;
  private long underWaySince = NEVER;
  private long retryAt = Long.MIN_VALUE;
  private long pause = FIRST_PAUSE;
  private volatile long written;
  private volatile long putsWritten;
  private long puts;

  /**
   * @param changed something was written, or failed to be; on some thread
   * @param lost the session is somebody else's now; on some thread
   */
  JournalWriter(String place, Parts parts, Tenure tenure, Runnable changed, Runnable lost) {
    this.place = place;
    this.parts = parts;
    this.tenure = tenure;
    this.changed = changed;
    this.lost = lost;
    Arrays.fill(flowedAt, NEVER_YET);
  }

  /** Whether there is a journal at all. */
  boolean exists() {
    return parts.journal().isPresent();
  }

  /** The highest number that is kept. */
  long written() {
    return written;
  }

  /** How often the state was put. */
  long puts() {
    return puts;
  }

  /** How many of those puts are kept, or overtaken by a later one. */
  long putsWritten() {
    return putsWritten;
  }

  /** Numbers up to that one came from the journal. */
  void begin(long seq) {
    written = Math.max(written, seq);
  }

  void add(LoggedEvent event) {
    lock.lock();
    try {
      if (waiting.size() == MOST_WAITING) {
        waiting.removeFirst();
      }
      waiting.add(event);
      urgent |= !event.event().flows() || begins(event);
    } finally {
      lock.unlock();
    }
  }

  private boolean begins(LoggedEvent event) {
    if (!event.turnId().equals(flowingTurn)) {
      flowingTurn = event.turnId();
      Arrays.fill(flowedAt, NEVER_YET);
    }
    int tier = event.event().tier().ordinal();
    boolean begins = event.atNanos() - flowedAt[tier] > FLOW_NANOS;
    flowedAt[tier] = event.atNanos();
    return begins;
  }

  /** The state is this now; {@code awaited} where somebody waits until it is kept. */
  void put(SessionState now, boolean awaited) {
    lock.lock();
    try {
      state = Optional.of(now);
      puts++;
      urgent |= awaited;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is due; when to come again, in nanoseconds of the session's clock. */
  long tick(long now) {
    lock.lock();
    try {
      if (busy || nothing()) {
        return NEVER;
      }
      long due = due(now);
      if (now < due) {
        return due;
      }
      busy = true;
      lastSent = now;
    } finally {
      lock.unlock();
    }
    if (tenure.isHeld()) {
      send();
    } else {
      parts.background().execute(this::send); // claims first, which may take seconds
    }
    return NEVER;
  }

  /** Since when the first event waits that is not kept; the largest number when none does. */
  long waitingSince() {
    lock.lock();
    try {
      return Math.min(underWaySince, waiting.isEmpty() ? NEVER : waiting.peek().atNanos());
    } finally {
      lock.unlock();
    }
  }

  /** Whether the next {@link #tick} writes events. */
  boolean writes(long now) {
    lock.lock();
    try {
      return !busy && !waiting.isEmpty() && now >= due(now);
    } finally {
      lock.unlock();
    }
  }

  private long due(long now) {
    return Math.max(retryAt, urgent ? now : lastSent + GATHER_NANOS);
  }

  /** Writes all that waits, for so long at most; blocks. False when the journal did not take it. */
  boolean flush(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    for (boolean rest = !exists() || idle(); !rest; rest = idle()) {
      if (hurry()) {
        send();
      }
      if (System.nanoTime() > end) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  private boolean idle() {
    lock.lock();
    try {
      return !busy && nothing();
    } finally {
      lock.unlock();
    }
  }

  private boolean hurry() {
    lock.lock();
    try {
      boolean mine = !busy;
      busy = true;
      urgent = true;
      return mine;
    } finally {
      lock.unlock();
    }
  }

  private boolean nothing() {
    return waiting.isEmpty() && state.isEmpty();
  }

  private void send() {
    Batch batch = next();
    try {
      parts
          .journal()
          .orElseThrow()
          .append(place, tenure.token(), batch.events(), batch.state(), batch.urgent())
          .whenComplete((_, failure) -> sent(batch, Optional.ofNullable(failure)));
    } catch (RuntimeException down) {
      sent(batch, Optional.of(down));
    }
  }

  /** After an outage some of what waits, and the state with the last of it. */
  private Batch next() {
    lock.lock();
    try {
      boolean all = waiting.size() <= MOST_AT_ONCE;
      List<LoggedEvent> events = new ArrayList<>(Math.min(MOST_AT_ONCE, waiting.size()));
      while (events.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
        events.add(waiting.remove());
      }
      underWaySince = events.isEmpty() ? NEVER : events.getFirst().atNanos();
      var batch =
          new Batch(events, all ? state : Optional.empty(), urgent, all ? puts : putsWritten);
      state = all ? Optional.empty() : state;
      urgent = !all;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void sent(Batch batch, Optional<Throwable> failure) {
    Optional<Throwable> cause =
        failure.map(f -> f instanceof CompletionException wrapped ? wrapped.getCause() : f);
    lock.lock();
    try {
      busy = false;
      underWaySince = NEVER;
      if (cause.isEmpty()) {
        pause = FIRST_PAUSE;
        putsWritten = batch.puts();
        written = batch.events().isEmpty() ? written : batch.events().getLast().seq();
      } else {
        giveBack(batch);
        long now = parts.nanos().getAsLong();
        retryAt = now + pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    } finally {
      lock.unlock();
    }
    (cause.filter(Tenure::isElsewhere).isPresent() ? lost : changed).run();
  }

  private void giveBack(Batch batch) {
    for (int i = batch.events().size() - 1; i >= 0 && waiting.size() < MOST_WAITING; i--) {
      waiting.addFirst(batch.events().get(i));
    }
    state = state.or(batch::state);
    urgent = true;
  }
}
