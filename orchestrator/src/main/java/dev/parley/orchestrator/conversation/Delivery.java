package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.function.LongSupplier;

/**
 * Moves an attachment's cursor through the ledger and offers what it wants on the way. The
 * session's thread owns it.
 */
final class Delivery {
  private final String sessionId;
  private final Ledger ledger;
  private final LongSupplier nanos;

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
    attachment.toldMediaLost = all ? ledger.lastDroppedMedia() : 0;
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
    LoggedEvent next = ledger.after(attachment.cursor);
    while (next != null) {
      boolean wanted = attachment.takes(next.event()) && !(next.event() instanceof Event.Started);
      if (wanted && !offered(attachment, next)) {
        return;
      }
      attachment.cursor = next.seq();
      if (next.event() instanceof Event.Ended) {
        attachment.close();
        return;
      }
      next = ledger.after(attachment.cursor);
    }
    attachment.cursor = Math.max(attachment.cursor, ledger.lastSeq());
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
