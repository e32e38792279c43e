package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The one numbering of a session: every event passes here, is written where another process can go
 * on from, and only then goes to those attached. A journal that does not answer for a moment is not
 * waited for: events go out from memory, which is told, and are written when it is back. The
 * session's thread owns it.
 */
final class Ledger {
  /** Nobody waits longer for the journal: less than media is ahead of the loudspeaker. */
  private static final long HOLD_NANOS = Duration.ofMillis(400).toNanos();

  /** A journal that is away for so long is told. */
  private static final long TELL_NANOS = Duration.ofSeconds(1).toNanos();

  /**
   * What is taken without an event, fifty times a second of sound and acks, is written so often.
   */
  private static final long STATE_NANOS = Duration.ofSeconds(1).toNanos();

  /** What a session does when its journal fails it; on any thread. */
  interface Fate {
    /** Something was written. */
    void written();

    /** The journal does not answer; on the session's thread. */
    void journalDown();

    /** Somebody else owns the session now. */
    void lost();
  }

  private final SessionLog log;
  private final JournalWriter journal;
  private final LongSupplier nanos;
  private final Fate fate;
  private final Supplier<SessionState> state;
  private final ArrayDeque<Awaiting> awaiting = new ArrayDeque<>();
  private boolean open;
  private boolean told;
  private boolean noted;
  private boolean awaited;
  private long notedSince;
  private long pumped;

  /** Goes on after {@code lastSeq}; {@code state} is kept beside the events. */
  Ledger(
      String place,
      Parts parts,
      long lastSeq,
      Tenure tenure,
      Supplier<SessionState> state,
      Fate fate) {
    this.state = state;
    this.log = new SessionLog(parts.settings().window(), lastSeq);
    this.journal = new JournalWriter(place, parts, tenure, fate::written, fate::lost);
    this.nanos = parts.nanos();
    this.fate = fate;
    journal.begin(lastSeq);
  }

  void append(String turnId, long mediaUs, Event event) {
    LoggedEvent logged = log.append(turnId, mediaUs, nanos.getAsLong(), event);
    if (journal.exists()) {
      journal.add(logged);
    }
  }

  /** The state is not what was kept; {@code soon} where somebody waits until it is. */
  void noted(boolean soon) {
    if (journal.exists()) {
      notedSince = noted ? notedSince : nanos.getAsLong();
      awaited |= soon;
      noted = true;
    }
  }

  /** Writes what is due; when to come again, in nanoseconds. */
  long tick(long now) {
    if (!journal.exists()) {
      return Long.MAX_VALUE;
    }
    boolean due = awaited || now - notedSince >= STATE_NANOS;
    if (noted && (due || journal.writes(now))) {
      journal.put(state.get(), awaited);
      noted = false;
      awaited = false;
    }
    long next = journal.tick(now);
    long note = noted ? notedSince + STATE_NANOS : Long.MAX_VALUE;
    return Math.min(Math.min(next, note), Math.min(hold(now), release(now)));
  }

  /** Lets events go that waited long enough for the journal; when to look again. */
  private long hold(long now) {
    long since = journal.waitingSince();
    if (journal.written() >= log.lastSeq()) {
      open = false;
      told = false;
      return Long.MAX_VALUE;
    }
    if (told || since == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    open |= now - since >= HOLD_NANOS;
    if (now - since >= TELL_NANOS) {
      told = true;
      fate.journalDown();
    }
    return since + (open ? TELL_NANOS : HOLD_NANOS);
  }

  /** Runs that once all is kept that was noted until now, or the journal is not waited for. */
  void whenKept(Runnable action) {
    if (!journal.exists() || open) {
      action.run();
    } else {
      noted(true);
      long limit = nanos.getAsLong() + HOLD_NANOS;
      awaiting.add(new Awaiting(journal.puts() + 1, limit, action));
    }
  }

  private long release(long now) {
    while (!awaiting.isEmpty() && (open || awaiting.peek().over(journal.putsWritten(), now))) {
      awaiting.remove().action().run();
    }
    return awaiting.isEmpty() ? Long.MAX_VALUE : awaiting.peek().limit();
  }

  /** Runs what awaited what is kept by now; after the last tick. */
  void letGo() {
    awaiting.forEach(it -> it.action().run());
    awaiting.clear();
  }

  private record Awaiting(long put, long limit, Runnable action) {
    boolean over(long written, long now) {
      return written >= put || now >= limit;
    }
  }

  /** Whether more may go out than when this was last asked. */
  boolean advanced() {
    long now = sendable();
    boolean more = now > pumped;
    pumped = now;
    return more;
  }

  /** Whether all is written that was appended. */
  boolean settled() {
    return !journal.exists() || open || journal.written() >= log.lastSeq();
  }

  /** Puts back what the journal kept, before anything else is appended. */
  void restore(List<LoggedEvent> events) {
    log.restore(events, nanos.getAsLong());
  }

  /** Leaves out numbers that a client has and the journal never got. */
  void skipTo(long seq) {
    log.skipTo(seq, nanos.getAsLong());
    journal.begin(seq);
  }

  /** Writes all that waits to the journal, for so long at most; blocks. Any thread. */
  boolean flush(Duration most) {
    return journal.flush(most);
  }

  /** Every reader has had what goes up to that number. */
  void had(long seq) {
    log.had(seq, nanos.getAsLong());
  }

  /** Whether media with that number is no longer held here. */
  boolean dropped(long seq) {
    return log.dropped(seq);
  }

  long lastSeq() {
    return log.lastSeq();
  }

  /** The highest number that may go out. */
  long sendable() {
    return !journal.exists() || open ? log.lastSeq() : Math.min(journal.written(), log.lastSeq());
  }

  /** The lowest number that a reader can go on after without losing a small event. */
  long oldestResumable() {
    return log.oldestResumable();
  }

  /** The highest number of media that is no longer held; 0 when all is. */
  long lastDroppedMedia() {
    return log.lastDroppedMedia();
  }

  /** The first event after that number which may go out, or null where there is none. */
  LoggedEvent after(long seq) {
    long last = sendable();
    LoggedEvent event = seq < last ? log.after(seq) : null;
    return event != null && event.seq() <= last ? event : null;
  }
}
