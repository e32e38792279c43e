package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * How a session comes to its end: ended for everybody by a client or by idleness, left by everybody
 * for a while, or let go by a server that stops. The session's thread owns it.
 */
final class Ending {
  private static final Duration WRITING = Duration.ofSeconds(3);
  private final SessionRecord record;
  private final Parts parts;
  private final TurnTaking turns;
  private final Audience audience;
  private final Emitter emitter;
  private final CompletableFuture<Void> down = new CompletableFuture<>();
  private final Ledger ledger;
  private final Tenure tenure;
  private boolean ended;
  private boolean goesOn;
  private boolean lost;
  private long cutAt = Long.MAX_VALUE;
  private volatile boolean closed;

  Ending(
      SessionRecord record,
      Parts parts,
      TurnTaking turns,
      Audience audience,
      Emitter emitter,
      Ledger ledger,
      Tenure tenure) {
    this.ledger = ledger;
    this.tenure = tenure;
    this.record = record;
    this.parts = parts;
    this.turns = turns;
    this.audience = audience;
    this.emitter = emitter;
  }

  /** Whether it has ended for everybody. */
  boolean isEnded() {
    return ended;
  }

  /** Whether nothing more will happen in it. Any thread. */
  boolean isClosed() {
    return closed;
  }

  /** Ends it for everybody. */
  void end(Event.EndCause cause) {
    if (!ended) {
      turns.stop(Event.Cause.SESSION_ENDED);
      ended = true;
      emitter.emit("", -1, new Event.Ended(cause));
      Instant time = Instant.now();
      var retries = new Retries(parts.upkeep());
      parts
          .upkeep()
          .execute(
              () -> retries.run(() -> parts.sessions().end(record.owner(), record.id(), time)));
    }
  }

  /** The server is going away: everybody is told, and what still runs then is cut. */
  void goAway(Duration deadline, long now) {
    long ms = deadline.toMillis();
    audience.tellAll(new Event.GoAway(ms, "the server is going away; come back"));
    cutAt = now + deadline.toNanos();
  }

  /** The same, but nothing is cut: another replica goes on from the log. */
  void handOver(Duration deadline, long now) {
    goesOn = tenure.shared();
    goAway(deadline, now);
  }

  /** Nothing more happens here: another replica goes on from the log. */
  void handOverNow() {
    goesOn = tenure.shared();
    cutAt = Long.MIN_VALUE;
  }

  /** Somebody else owns the session: whoever is attached goes there, and nothing is kept here. */
  void lost() {
    if (!closed) {
      lost = true;
      turns.abandon();
      audience.failAll(Session.elsewhere());
      close();
    }
  }

  /** Ends and closes what is due to; {@code expected} says that somebody is about to come in. */
  void step(long now, Duration idleTimeout, boolean expected) {
    boolean idle = !turns.busy() && now - turns.lastMeant() > idleTimeout.toNanos();
    if (!ended && idleTimeout.isPositive() && idle) {
      end(Event.EndCause.IDLE);
    }
    if (ended ? !turns.finishing() && audience.isEmpty() : !expected && deserted(now)) {
      close();
    }
    if (cutAt != Long.MAX_VALUE && !closed) {
      leave(now);
    }
  }

  private boolean deserted(long now) {
    long lingering = parts.settings().lingering().toNanos();
    boolean still = !turns.busy() && !turns.finishing();
    boolean alone = audience.isEmpty() && now - audience.lastChange() > lingering;
    return still && alone && now - turns.lastInput() > lingering;
  }

  private void leave(long now) {
    if (now >= cutAt && goesOn) {
      turns.abandon();
    } else if (now >= cutAt) {
      turns.stop(Event.Cause.SERVER);
    }
    if (goesOn && now >= cutAt) {
      close();
    } else if (!turns.busy() && !turns.finishing() && ledger.settled()) {
      audience.pump();
      audience.closeAll();
      close();
    }
  }

  private void close() {
    turns.close();
    closed = true;
  }

  /** Completes when all is written after the last step. */
  CompletableFuture<Void> down() {
    return down;
  }

  /**
   * The last step was done: writes what is not yet written, then lets go of the session. Blocks.
   *
   * @param last runs when nothing more is written
   */
  void over(Runnable last) {
    closed = true;
    try {
      if (!lost && ledger.flush(WRITING)) {
        ledger.letGo();
        tenure.release(goesOn && !ended);
      }
    } finally {
      last.run();
      audience.closeAll();
      down.complete(null);
    }
  }
}
