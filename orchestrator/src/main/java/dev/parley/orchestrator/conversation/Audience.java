package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Who is attached to a session: cursors into its ledger, and which of them holds the speaker lease.
 * The session's thread owns it.
 */
final class Audience {
  private static final Event ENDED_INPUT = new Event.Ended(Event.EndCause.INPUT_ENDED);
  private final String sessionId;
  private final Ledger ledger;
  private final LongSupplier nanos;
  private final List<Attachment> attachments = new ArrayList<>();
  private long lastChange;

  Audience(String sessionId, Ledger ledger, LongSupplier nanos) {
    this.sessionId = sessionId;
    this.ledger = ledger;
    this.nanos = nanos;
    this.lastChange = nanos.getAsLong();
  }

  boolean isEmpty() {
    return attachments.isEmpty();
  }

  /** When somebody last came or went, in nanoseconds. */
  long lastChange() {
    return lastChange;
  }

  /** All that is wanted by somebody. */
  Set<Tier> tiers() {
    Set<Tier> tiers = EnumSet.of(Tier.TEXT);
    attachments.forEach(a -> tiers.addAll(a.tiers));
    return tiers;
  }

  /** Who holds the speaker lease. */
  Optional<Attachment> speaker() {
    return attachments.stream().filter(a -> a.speaker).findFirst();
  }

  /**
   * Lets somebody in, after the number they have.
   *
   * @throws Failure REPLAY_EXPIRED, SPEAKER_TAKEN
   */
  void admit(Attachment attachment, Session.Mode mode) {
    long oldest = ledger.oldestResumable();
    if (attachment.cursor > 0 && attachment.cursor < oldest) {
      throw Failure.of(
          Failure.Code.OUT_OF_RANGE,
          "REPLAY_EXPIRED",
          "after_seq: " + attachment.cursor + " (kept from " + oldest + ")");
    }
    lease(attachment, mode);
    attachments.add(attachment);
    lastChange = nanos.getAsLong();
    boolean fresh = attachment.cursor == 0 && oldest == 0 && ledger.lastSeq() > 0;
    var started = new Event.Started(sessionId);
    attachment.outlet.offer(new LoggedEvent(fresh ? 1 : 0, "", -1, lastChange, started));
    boolean lost = attachment.cursor > 0 && ledger.lastDroppedMedia() > attachment.cursor;
    if (lost && attachment.tiers.size() > 1) {
      tellMediaLost(attachment);
    }
    pump(attachment);
  }

  private static void tellMediaLost(Attachment attachment) {
    var lost =
        new Event.ProblemSeen(
            "REPLAY_EXPIRED", "older media is fetched from the turn", 0, Problem.STORE);
    attachment.outlet.offer(LoggedEvent.outside(lost));
  }

  private void lease(Attachment attachment, Session.Mode mode) {
    Optional<Attachment> holder = speaker();
    boolean same = holder.isPresent() && holder.get().clientId.equals(attachment.clientId);
    if (mode == Session.Mode.SPEAKER && holder.isPresent() && !same) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION, "SPEAKER_TAKEN", "another client speaks here");
    }
    boolean takes = mode == Session.Mode.TAKE_OVER || mode == Session.Mode.SPEAKER || same;
    attachment.speaker = mode != Session.Mode.WATCHER && (takes || holder.isEmpty());
    if (attachment.speaker && holder.isPresent()) {
      holder.get().speaker = false;
      if (same) {
        holder.get().outlet.offer(LoggedEvent.outside(new Event.Ended(Event.EndCause.REPLACED)));
        holder.get().close();
        attachments.remove(holder.get());
      }
    }
  }

  void leave(Attachment attachment) {
    attachment.closed = true;
    attachments.remove(attachment);
    lastChange = nanos.getAsLong();
  }

  /** Lets go of those that are closed, and of those that end once all is answered. */
  void sweep(boolean allAnswered) {
    for (int i = attachments.size() - 1; i >= 0; i--) {
      Attachment a = attachments.get(i);
      boolean read = a.inputEnded && allAnswered && a.cursor >= ledger.lastSeq();
      if (read && a.outlet.offer(LoggedEvent.outside(ENDED_INPUT))) {
        a.close();
        lastChange = nanos.getAsLong();
      }
      if (a.closed) {
        attachments.remove(i);
      }
    }
  }

  /** Sends everybody what they have not got yet. */
  void pump() {
    for (int i = 0; i < attachments.size(); i++) {
      pump(attachments.get(i));
    }
  }

  void pump(Attachment attachment) {
    if (attachment.closed) {
      return;
    }
    LoggedEvent next = ledger.after(attachment.cursor);
    while (next != null) {
      boolean wanted = attachment.takes(next.event()) && !(next.event() instanceof Event.Started);
      if (wanted && !attachment.outlet.offer(next)) {
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

  /** Tells one client something outside the log. */
  void tell(String clientId, Event event) {
    for (Attachment a : attachments) {
      if (a.clientId.equals(clientId)) {
        a.outlet.offer(LoggedEvent.outside(event));
      }
    }
  }

  /** Tells everybody something outside the log. */
  void tellAll(Event event) {
    attachments.forEach(a -> a.outlet.offer(LoggedEvent.outside(event)));
  }
}
