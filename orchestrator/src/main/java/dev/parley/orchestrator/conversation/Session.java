package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.character.Character;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A live conversation. One (virtual) thread drains its mailbox and owns everything in it; all else
 * posts. {@link #step} does what is due and says when to come again, so a test can drive it with a
 * clock of its own.
 */
public final class Session implements Mailbox, Emitter {
  private static final long MOST_AHEAD = 4096;
  private static final long LIVELY_NANOS = Duration.ofMillis(200).toNanos();
  private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();
  private final SessionRecord record;
  private final Parts parts;
  private final Loop loop = new Loop(this::fault);
  private final Ledger ledger;
  private final Audience audience;
  private final TurnTaking turns;
  private final Intake intake;
  private final Allowance allowance;
  private final IdleFace idleFace;
  private Optional<Recovery> recovery = Optional.empty();
  private boolean fresh;
  private boolean ended;
  private long cutAt = Long.MAX_VALUE;
  private final CompletableFuture<Void> down = new CompletableFuture<>();
  private volatile boolean closed;

  /** A session whose log goes on after {@code lastSeq}. */
  public Session(
      SessionRecord record,
      Supplier<Character> cast,
      Parts parts,
      Collection<Exchange> earlier,
      long lastSeq) {
    this.record = record;
    this.parts = parts;
    this.ledger = new Ledger(record.id(), parts, lastSeq, this::journalFailed);
    this.audience =
        new Audience(record.id(), ledger, parts.nanos(), parts.settings().readDeadline());
    var progress = new Progress(record, parts, earlier);
    this.turns = new TurnTaking(record, cast, parts, this, audience, progress);
    this.idleFace = new IdleFace(parts, this, audience::show, turns::face);
    this.allowance = new Allowance(parts.nanos());
    this.intake = new Intake(this, turns, audience, ledger);
  }

  /** As kept. */
  public SessionRecord record() {
    return record;
  }

  /** As negotiated. */
  public SessionFormats formats() {
    return turns.formats();
  }

  /** The character, as it was at the last turn. */
  public Character character() {
    return turns.character();
  }

  /** Whether nothing more will happen in it. */
  public boolean isClosed() {
    return closed;
  }

  /** Whether it has ended for everybody. The session's thread only. */
  boolean isEnded() {
    return ended;
  }

  // --- its thread -------------------------------------------------------------------------------

  /** Runs it on a virtual thread until it ends or nobody has been attached for a while. */
  public void start(Runnable onClosed) {
    Thread.ofVirtual()
        .name("session-" + record.id())
        .start(() -> {
          try {
            loop.run(this::step, parts.nanos(), () -> closed);
          } finally {
            writeAll();
            onClosed.run();
          }
        });
  }

  @Override
  public void post(Runnable task) {
    loop.post(task);
  }

  /** Drains the mailbox, sends what is due; when to come again, in nanoseconds of the clock. */
  public long step() {
    loop.drain();
    long now = now();
    long due = turns.step(now, !ended);
    audience.sweep(!turns.busy() && !turns.finishing(), now);
    idleFace.tick(now, !ended && turns.faceIsFree() && audience.looks(), turns.mood(now));
    rest(now);
    if (cutAt != Long.MAX_VALUE && !closed) {
      leave(now);
    }
    boolean lively = turns.busy() || audience.looks();
    return due == Long.MAX_VALUE ? now + (lively ? LIVELY_NANOS : QUIET_NANOS) : due;
  }

  /** A task that failed is told and the session goes on. */
  private void fault(RuntimeException fault) {
    System.getLogger("parley.session")
        .log(System.Logger.Level.ERROR, "session " + record.id(), fault);
    emit("", -1, new Event.ProblemSeen("INTERNAL", "a fault of the server", 0, ""));
  }

  private void journalFailed() {
    var problem =
        new Event.ProblemSeen(
            "STORE_FAILED", "the session log is not written now", 0, Problem.STORE);
    post(() -> emit("", -1, problem));
  }

  // --- attachments ------------------------------------------------------------------------------

  /** Logs the first event, then greets where that is wanted. */
  public void opened(boolean greet) {
    post(() -> {
      emit("", -1, new Event.Started(record.id()));
      if (greet && !character().greeting().isBlank()) {
        turns.say(character().greeting(), "", false);
      }
    });
  }

  /** How an attachment takes part. */
  public enum Mode {
    AUTO,
    SPEAKER,
    WATCHER,
    TAKE_OVER
  }

  /** Attaches an outlet after a number; what fails is said to the outlet. */
  public Attachment attach(String clientId, Set<Tier> tiers, Mode mode, long afterSeq, Outlet to) {
    var attachment =
        new Attachment(this, clientId, tiers, to, afterSeq, new Allowance(parts.nanos()));
    post(() -> {
      try {
        if (ended) {
          throw endedFailure();
        }
        settle(afterSeq);
        audience.admit(attachment, mode);
      } catch (Failure failure) {
        attachment.fail(failure);
      }
    });
    return attachment;
  }

  static Failure endedFailure() {
    return Failure.of(Failure.Code.FAILED_PRECONDITION, "SESSION_ENDED", "the session has ended");
  }

  void detach(Attachment attachment) {
    audience.leave(attachment);
  }

  void inputEnded(Attachment attachment) {
    attachment.inputEnded = true;
    if (attachment.speaker) {
      turns.endUtterance();
    }
  }

  void pump(Attachment attachment) {
    audience.pump(attachment);
  }

  // --- input ------------------------------------------------------------------------------------

  void take(Attachment from, Input input) {
    settle(0);
    intake.take(from.clientId, from.speaker, input);
  }

  /**
   * Takes events of a client that is not attached by this call; the highest number taken.
   *
   * @throws Failure OVERLOADED when more comes than is allowed
   */
  public CompletableFuture<Long> send(String clientId, List<Input> inputs) {
    inputs.forEach(allowance::take);
    var done = new CompletableFuture<Long>();
    post(() -> {
      settle(0);
      done.complete(intake.takeAll(clientId, inputs));
    });
    return done;
  }

  /**
   * Runs a turn besides what attachments send; on any thread.
   *
   * @throws Failure OVERLOADED when many wait already
   */
  public void submit(TurnRequest request) {
    turns.mustHaveRoom();
    post(() -> {
      settle(0);
      turns.submit(request);
    });
  }

  /** Cuts a turn, running or waiting, at what was heard; on any thread. */
  public void cancel(String turnId) {
    post(() -> turns.interrupt(turnId, -1, Event.Cause.CLIENT));
  }

  // --- the log ----------------------------------------------------------------------------------

  @Override
  public void emit(String turnId, long mediaUs, Event event) {
    ledger.append(turnId, mediaUs, event);
    if (event instanceof Event.FaceFrames frames) {
      audience.showing(frames);
    }
    audience.pump();
  }

  /** Puts back what the journal kept, before anything else happens in the session. */
  void restore(List<LoggedEvent> events) {
    ledger.restore(events);
    recovery = Recovery.of(events);
    fresh = true;
  }

  /**
   * Goes on where another process stopped: after the number that a client has, even if the journal
   * never got it, and with the end of the turn that was under way.
   */
  private void settle(long afterSeq) {
    if (!fresh) {
      return;
    }
    fresh = false;
    long ahead = afterSeq - ledger.lastSeq();
    if (ahead > 0 && ahead < MOST_AHEAD) {
      ledger.skipTo(afterSeq);
    }
    recovery.ifPresent(r -> r.tell(this));
    recovery = Optional.empty();
  }

  // --- ends -------------------------------------------------------------------------------------

  private void rest(long now) {
    long idle = character().idleTimeout().toNanos();
    if (!ended && idle > 0 && !turns.busy() && now - turns.lastMeant() > idle) {
      end(Event.EndCause.IDLE);
    }
    if (ended ? !turns.finishing() && audience.isEmpty() : deserted(now)) {
      turns.close();
      idleFace.stop();
      closed = true;
    }
  }

  private boolean deserted(long now) {
    long lingering = parts.settings().lingering().toNanos();
    boolean still = !turns.busy() && !turns.finishing();
    boolean alone = audience.isEmpty() && now - audience.lastChange() > lingering;
    return still && alone && now - turns.lastInput() > lingering;
  }

  /** Ends it for everybody. */
  void end(Event.EndCause cause) {
    if (!ended) {
      turns.stop(Event.Cause.SESSION_ENDED);
      ended = true;
      emit("", -1, new Event.Ended(cause));
      Instant time = Instant.now();
      var retries = new Retries(parts.background());
      parts.background().execute(() -> retries.run(() -> parts.sessions().end(record.id(), time)));
    }
  }

  /**
   * The server is going away: everybody is told, the turn under way is spoken to its end or cut at
   * the deadline, and all is written before the session closes. Completes then. Any thread.
   */
  public CompletableFuture<Void> shutDown(Duration deadline) {
    var event = new Event.GoAway(deadline.toMillis(), "the server is going away; come back");
    post(() -> {
      audience.tellAll(event);
      cutAt = now() + deadline.toNanos();
    });
    return down;
  }

  private void leave(long now) {
    if (now >= cutAt) {
      turns.stop(Event.Cause.SERVER);
    }
    if (!turns.busy() && !turns.finishing()) {
      turns.close();
      idleFace.stop();
      audience.closeAll();
      closed = true;
    }
  }

  /** What the thread does last. */
  private void writeAll() {
    closed = true;
    parts
        .background()
        .execute(() -> {
          ledger.flush();
          down.complete(null);
        });
  }

  private long now() {
    return parts.nanos().getAsLong();
  }
}
