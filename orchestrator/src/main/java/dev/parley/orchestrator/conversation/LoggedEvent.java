package dev.parley.orchestrator.conversation;

/**
 * An event with its number.
 *
 * @param seq from 1; 0 outside the log
 * @param turnId empty outside a turn
 * @param mediaTimeUs on the turn's clock; negative where it has none
 * @param atNanos when it was logged, on the session's monotonic clock
 */
public record LoggedEvent(long seq, String turnId, long mediaTimeUs, long atNanos, Event event) {
  /** One that only a single attachment sees. */
  static LoggedEvent outside(Event event) {
    return new LoggedEvent(0, "", -1, 0, event);
  }
}
