package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
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
  private final Ledger ledger;
  private final Delivery delivery;
  private final LongSupplier nanos;
  private final Duration readDeadline;
  private final List<Attachment> attachments = new ArrayList<>();
  private Pose pose = Pose.REST;
  private long lastChange;

  /** Who reads nothing for {@code readDeadline} is let go. */
  Audience(String sessionId, Ledger ledger, LongSupplier nanos, Duration readDeadline) {
    this.readDeadline = readDeadline;
    this.ledger = ledger;
    this.nanos = nanos;
    this.delivery = new Delivery(sessionId, ledger, nanos);
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
    delivery.mustBeHeld(attachment);
    lease(attachment, mode);
    attachments.add(attachment);
    lastChange = nanos.getAsLong();
    delivery.welcome(attachment, lastChange);
    pump(attachment);
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
    attachment.close();
    attachments.remove(attachment);
    lastChange = nanos.getAsLong();
  }

  /**
   * Lets go of those that are closed, that read nothing for too long, and that end once all is
   * answered.
   */
  void sweep(boolean allAnswered, long now) {
    for (int i = attachments.size() - 1; i >= 0; i--) {
      Attachment a = attachments.get(i);
      if (a.fullSince >= 0 && now - a.fullSince > readDeadline.toNanos()) {
        a.fail(notReading(readDeadline));
      }
      boolean read = a.inputEnded && allAnswered && a.cursor >= ledger.lastSeq();
      if (!a.closed && read && a.outlet.offer(LoggedEvent.outside(ENDED_INPUT))) {
        a.close();
      }
      if (a.closed) {
        attachments.remove(i);
        lastChange = now;
      }
    }
  }

  private static Failure notReading(Duration limit) {
    return Failure.of(
            Failure.Code.RESOURCE_EXHAUSTED,
            "OVERLOADED",
            "nothing was read for " + limit.toSeconds() + " s; come back after the last number")
        .retryAfter(Duration.ofSeconds(1));
  }

  /** Sends everybody what they have not got yet. */
  void pump() {
    long had = Long.MAX_VALUE;
    for (int i = 0; i < attachments.size(); i++) {
      Attachment a = attachments.get(i);
      pump(a);
      had = a.closed ? had : Math.min(had, a.cursor);
    }
    if (had != Long.MAX_VALUE) {
      ledger.had(had);
    }
  }

  void pump(Attachment attachment) {
    delivery.bring(attachment);
  }

  /** A turn was cut: who is behind gets no more of its media from there on. */
  void silence(String turnId, Event.Interrupted cut) {
    delivery.silence(turnId, cut);
  }

  /** Tells one client something outside the log. */
  void tell(String clientId, Event event) {
    for (Attachment a : attachments) {
      if (a.clientId.equals(clientId)) {
        a.outlet.offer(LoggedEvent.outside(event));
      }
    }
  }

  /** How the face was shown last. */
  Pose pose() {
    return pose;
  }

  /** Frames of a turn are on their way to those who look. */
  void showing(Event.FaceFrames f) {
    pose = Pose.last(f.weights(), f.head(), f.count());
  }

  /** Shows frames that are in no log to those who look; who is behind misses them. */
  void show(long segmentUs, Event.IdleFrames frames) {
    pose = Pose.last(frames.weights(), frames.head(), frames.count());
    var event = new LoggedEvent(0, "", segmentUs, nanos.getAsLong(), frames);
    for (Attachment a : attachments) {
      if (a.takes(frames) && a.fullSince < 0 && a.cursor >= ledger.lastSeq()) {
        a.outlet.offer(event);
      }
    }
  }

  /** Whether somebody looks at the face. */
  boolean looks() {
    for (Attachment a : attachments) {
      if (a.tiers.contains(Tier.FACE)) {
        return true;
      }
    }
    return false;
  }

  /** Nothing more comes for anybody here. */
  void closeAll() {
    attachments.forEach(Attachment::close);
    attachments.clear();
  }

  /** Nobody gets more here, and everybody learns why. */
  void failAll(Failure why) {
    attachments.forEach(a -> a.fail(why));
    attachments.clear();
  }

  /** Tells everybody something outside the log. */
  void tellAll(Event event) {
    attachments.forEach(a -> a.outlet.offer(LoggedEvent.outside(event)));
  }
}
