package dev.parley.orchestrator.conversation;

import java.util.Arrays;

/**
 * The numbered events of one session, as far back as the replay window goes.
 *
 * <p>Numbers are gapless from 1. Media is dropped first, when there are more bytes of it or it is
 * older than the window says, and sooner when every reader has had it; other events go when there
 * are too many or they are too old. A cursor reads in constant time. Not thread-safe: the session's
 * thread owns it.
 */
public final class SessionLog {
  /**
   * Bounds: bytes and nanoseconds of media; number and nanoseconds of the rest.
   *
   * @param hadBytes bytes of media that every reader has had already; the journal, where there is
   *     one, has the older
   */
  public record Window(
      long mediaBytes, long hadBytes, long mediaNanos, int events, long eventNanos) {}

  private final Window window;
  private LoggedEvent[] ring = new LoggedEvent[64];
  private long first;
  private long next;
  private long mediaFirst;
  private long mediaBytes;
  private long had;
  private long hadBytes;
  private long droppedMedia;

  /** A log whose next number follows {@code lastSeq}. */
  public SessionLog(Window window, long lastSeq) {
    this.window = window;
    this.first = lastSeq + 1;
    this.next = first;
    this.mediaFirst = first;
    this.had = lastSeq;
  }

  /** Gives an event its number and keeps it. */
  public LoggedEvent append(String turnId, long mediaTimeUs, long nowNanos, Event event) {
    if (next - first == ring.length) {
      grow();
    }
    var logged = new LoggedEvent(next, turnId, mediaTimeUs, nowNanos, event);
    ring[slot(next++)] = logged;
    mediaBytes += event.mediaBytes();
    trim(nowNanos);
    return logged;
  }

  /** Puts back what an earlier process kept; only into a log that is still empty. */
  void restore(java.util.List<LoggedEvent> events, long nowNanos) {
    if (events.isEmpty() || next != first) {
      return;
    }
    first = events.getFirst().seq();
    mediaFirst = first;
    while (next - first >= ring.length) {
      ring = new LoggedEvent[ring.length * 2];
    }
    for (LoggedEvent e : events) {
      if (e.seq() < next) {
        ring[slot(e.seq())] =
            new LoggedEvent(e.seq(), e.turnId(), e.mediaTimeUs(), nowNanos, e.event());
        mediaBytes += e.event().mediaBytes();
      }
    }
    trim(nowNanos);
  }

  /** Goes on after that number; those between are missing, as media that was dropped. */
  void skipTo(long seq, long nowNanos) {
    while (seq + 1 - first > ring.length) {
      grow();
    }
    if (seq >= next) {
      next = seq + 1;
      droppedMedia = seq;
      trim(nowNanos);
    }
  }

  /** The highest number; 0 when nothing was ever logged. */
  public long lastSeq() {
    return next - 1;
  }

  /** The lowest number that a reader can still go on after without losing a small event. */
  public long oldestResumable() {
    return first - 1;
  }

  /** The highest number of a media event that was dropped; 0 when none was. */
  public long lastDroppedMedia() {
    return droppedMedia;
  }

  /** Bytes of media held. */
  public long mediaBytes() {
    return mediaBytes;
  }

  /** Events held, dropped media included as empty places. */
  public int size() {
    return (int) (next - first);
  }

  /**
   * The first event after {@code seq} that is still held, or null at the end. Null is used here
   * alone, since this is asked for every event and attachment.
   */
  LoggedEvent after(long seq) {
    for (long s = Math.max(seq + 1, first); s < next; s++) {
      LoggedEvent event = ring[slot(s)];
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  /** Every reader has had what goes up to that number, so that less of it need be kept. */
  void had(long seq, long nowNanos) {
    while (had < Math.min(seq, next - 1)) {
      had++;
      LoggedEvent event = had < first ? null : ring[slot(had)];
      hadBytes += event == null ? 0 : event.event().mediaBytes();
    }
    if (hadBytes > window.hadBytes()) {
      trim(nowNanos);
    }
  }

  /** Whether media with that number was dropped. */
  boolean dropped(long seq) {
    return seq >= first && seq < next && ring[slot(seq)] == null;
  }

  private void trim(long now) {
    while (mediaFirst < next && mediaTooMuch(mediaFirst, now)) {
      dropMedia(mediaFirst++);
    }
    while (next - first > 1 && tooOld(first, now)) {
      dropMedia(first);
      ring[slot(first++)] = null;
      mediaFirst = Math.max(mediaFirst, first);
    }
  }

  private boolean mediaTooMuch(long seq, long now) {
    LoggedEvent event = ring[slot(seq)];
    return mediaBytes > window.mediaBytes()
        || (hadBytes > window.hadBytes() && seq <= had)
        || (event != null && now - event.atNanos() > window.mediaNanos());
  }

  private boolean tooOld(long seq, long now) {
    LoggedEvent event = ring[slot(seq)];
    return event == null
        || next - first > window.events()
        || now - event.atNanos() > window.eventNanos();
  }

  private void dropMedia(long seq) {
    LoggedEvent event = ring[slot(seq)];
    if (event != null && event.event().mediaBytes() > 0) {
      mediaBytes -= event.event().mediaBytes();
      hadBytes -= seq <= had ? event.event().mediaBytes() : 0;
      ring[slot(seq)] = null;
      droppedMedia = seq;
    }
  }

  private void grow() {
    LoggedEvent[] bigger = Arrays.copyOf(ring, ring.length * 2);
    Arrays.fill(bigger, null);
    for (long s = first; s < next; s++) {
      bigger[(int) (s & (bigger.length - 1))] = ring[slot(s)];
    }
    ring = bigger;
  }

  private int slot(long seq) {
    return (int) (seq & (ring.length - 1));
  }
}
