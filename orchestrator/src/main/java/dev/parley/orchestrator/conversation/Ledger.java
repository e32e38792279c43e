package dev.parley.orchestrator.conversation;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * The one numbering of a session: every event passes here, is kept for who comes back to this
 * process and handed on for who comes back to another. The session's thread owns it.
 */
final class Ledger {
  private final SessionLog log;
  private final JournalWriter journal;
  private final LongSupplier nanos;

  /** Goes on after {@code lastSeq}. */
  Ledger(String sessionId, Parts parts, long lastSeq, Runnable journalFailed) {
    this.log = new SessionLog(parts.settings().window(), lastSeq);
    this.journal = new JournalWriter(sessionId, parts, journalFailed);
    this.nanos = parts.nanos();
  }

  void append(String turnId, long mediaUs, Event event) {
    journal.add(log.append(turnId, mediaUs, nanos.getAsLong(), event));
  }

  /** Puts back what the journal kept, before anything else is appended. */
  void restore(List<LoggedEvent> events) {
    log.restore(events, nanos.getAsLong());
  }

  /** Leaves out numbers that a client has and the journal never got. */
  void skipTo(long seq) {
    log.skipTo(seq, nanos.getAsLong());
  }

  /** Writes all that waits to the journal; blocks. Any thread. */
  void flush() {
    journal.write();
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

  /** The lowest number that a reader can go on after without losing a small event. */
  long oldestResumable() {
    return log.oldestResumable();
  }

  /** The highest number of media that is no longer held; 0 when all is. */
  long lastDroppedMedia() {
    return log.lastDroppedMedia();
  }

  /** The first event after that number which is still held, or null at the end. */
  LoggedEvent after(long seq) {
    return log.after(seq);
  }
}
