package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Moves an attachment's cursor through the ledger and offers what it wants on the way. The
 * session's thread owns it.
 */
final class Delivery {
  private final String sessionId;
  private final Ledger ledger;
  private final LongSupplier nanos;
  private String cutTurn = "";
  private Optional<Event.Interrupted> cut = Optional.empty();

  Delivery(String sessionId, Ledger ledger, LongSupplier nanos) {
    this.sessionId = sessionId;
    this.ledger = ledger;
    this.nanos = nanos;
  }

  /**
   * @throws Failure REPLAY_EXPIRED where what follows the attachment's number is no longer held
   */
  void mustBeHeld(Attachment attachment) {
    boolean all = attachment.cursor == 0;
    boolean lost = attachment.cursor < ledger.oldestResumable();
    if (!all && (lost || attachment.cursor > ledger.lastSeq())) {
      throw expired(attachment);
    }
  }

  private Failure expired(Attachment a) {
    return Failure.of(
        Failure.Code.OUT_OF_RANGE,
        "REPLAY_EXPIRED",
        "after_seq: %d (expected %d to %d)"
            .formatted(a.cursor, ledger.oldestResumable(), ledger.lastSeq()));
  }

  /** Offers the first event and puts the cursor where the rest begins. */
  void welcome(Attachment attachment, long now) {
    long oldest = ledger.oldestResumable();
    boolean all = attachment.cursor == 0;
    boolean fresh = all && oldest == 0 && ledger.lastSeq() > 0;
    var started = new Event.Started(sessionId);
    attachment.outlet.offer(new LoggedEvent(fresh ? 1 : 0, "", -1, now, started));
    attachment.cursor = all ? oldest : attachment.cursor;
    attachment.toldMediaLost = all || hasAll(attachment) ? ledger.lastDroppedMedia() : 0;
  }

  /** Whether what is no longer held was all read from the journal. */
  private boolean hasAll(Attachment attachment) {
    Set<Long> missed = new HashSet<>();
    attachment.missed.forEach(e -> missed.add(e.seq()));
    for (long seq = attachment.cursor + 1; seq <= ledger.lastDroppedMedia(); seq++) {
      if (ledger.dropped(seq) && !missed.contains(seq)) {
        return false;
      }
    }
    return true;
  }

  /** Media of that turn is no longer brought from where it was cut. */
  void silence(String turnId, Event.Interrupted by) {
    cutTurn = turnId;
    cut = Optional.of(by);
  }

  /**
   * What follows the cursor, in the log or in what was read for the attachment; null at the end.
   */
  private LoggedEvent next(Attachment attachment) {
    LoggedEvent held = ledger.after(attachment.cursor);
    while (!attachment.missed.isEmpty() && attachment.missed.peek().seq() <= attachment.cursor) {
      attachment.missed.remove();
    }
    LoggedEvent missed = attachment.missed.peek();
    if (missed != null && missed.seq() > ledger.sendable()) {
      return held; // The journal was read after it kept more than is known to be kept.
    }
    return held == null || missed != null && missed.seq() < held.seq() ? missed : held;
  }

  private boolean wanted(Attachment attachment, LoggedEvent e) {
    boolean silenced = cut.isPresent() && cut.get().silences(cutTurn, e);
    return attachment.takes(e.event()) && !silenced && !(e.event() instanceof Event.Started);
  }

  /** Sends what the attachment has not got yet, as far as it takes it. */
  void bring(Attachment attachment) {
    if (attachment.closed) {
      return;
    }
    if (attachment.cursor < ledger.oldestResumable()) {
      attachment.fail(expired(attachment));
      return;
    }
    tellMediaLost(attachment);
    // Read once, before the rest: the journal goes on keeping events on its own thread, and what it
    // kept after the last event was looked for was not brought.
    long upTo = ledger.sendable();
    LoggedEvent next = next(attachment);
    while (next != null) {
      if (wanted(attachment, next) && !offered(attachment, next)) {
        return;
      }
      attachment.cursor = next.seq();
      if (next.event() instanceof Event.Ended) {
        attachment.close();
        return;
      }
      next = next(attachment);
    }
    attachment.cursor = Math.max(attachment.cursor, upTo);
  }

  private boolean offered(Attachment attachment, LoggedEvent event) {
    boolean taken = attachment.outlet.offer(event);
    if (taken) {
      attachment.fullSince = -1;
    } else if (attachment.fullSince < 0) {
      attachment.fullSince = nanos.getAsLong();
    }
    return taken;
  }

  /** Media that was dropped before this attachment had it is told once. */
  private void tellMediaLost(Attachment attachment) {
    long dropped = ledger.lastDroppedMedia();
    boolean lost = dropped > attachment.cursor && dropped > attachment.toldMediaLost;
    if (lost && attachment.tiers.size() > 1) {
      var problem =
          new Event.ProblemSeen(
              "REPLAY_EXPIRED", "older media is fetched from the turn", 0, Problem.STORE);
      if (attachment.outlet.offer(LoggedEvent.outside(problem))) {
        attachment.toldMediaLost = dropped;
      }
    }
  }
}
