package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a session goes on where another process stopped, and how a client goes on where it was:
 * before the first that happens, what the journal kept is put back and the turn that was under way
 * goes on; media that is held no longer is read from the journal before who missed it comes in. The
 * session's thread owns it.
 */
final class Arrivals {
  private static final long MOST_AHEAD = 4096;
  private final String place;
  private final Parts parts;
  private final Ledger ledger;
  private final Mailbox mailbox;
  private final Continuing continuing;
  private boolean fresh;
  private int underWay;

  Arrivals(String place, Parts parts, Ledger ledger, Mailbox mailbox, Continuing continuing) {
    this.place = place;
    this.parts = parts;
    this.ledger = ledger;
    this.mailbox = mailbox;
    this.continuing = continuing;
  }

  /** Whether somebody is about to come in. */
  boolean expected() {
    return underWay > 0;
  }

  /** Puts back what the journal kept, before anything else happens in the session. */
  void restore(List<LoggedEvent> events, Optional<SessionState> state) {
    ledger.restore(events);
    continuing.restore(events, state);
    fresh = true;
  }

  /**
   * Goes on after the number that a client has, even if the journal never got it, and with the turn
   * that was under way.
   */
  void settle(long afterSeq) {
    if (!fresh) {
      return;
    }
    fresh = false;
    long ahead = afterSeq - ledger.lastSeq();
    if (ahead > 0 && ahead < MOST_AHEAD) {
      ledger.skipTo(afterSeq);
    }
    continuing.begin();
  }

  /** Lets somebody in, at once or when what they missed was read; what fails is said to them. */
  void arrive(Attachment attachment, Consumer<Attachment> door) {
    boolean looks = attachment.tiers.size() > 1;
    boolean missed = looks && attachment.cursor < ledger.lastDroppedMedia();
    if (!missed || parts.journal().isEmpty()) {
      enter(attachment, door);
      return;
    }
    underWay++;
    parts
        .background()
        .execute(() -> {
          List<LoggedEvent> kept = kept(attachment.cursor);
          mailbox.post(() -> {
            underWay--;
            attachment.missed.addAll(kept);
            enter(attachment, door);
          });
        });
  }

  private static void enter(Attachment attachment, Consumer<Attachment> door) {
    try {
      door.accept(attachment);
    } catch (Failure failure) {
      attachment.fail(failure);
    }
  }

  /** Media that the journal has after that number; none where the journal is down. */
  private List<LoggedEvent> kept(long seq) {
    try {
      return parts.journal().orElseThrow().after(place, seq).stream()
          .filter(e -> e.event().mediaBytes() > 0)
          .toList();
    } catch (RuntimeException down) {
      return List.of();
    }
  }
}
