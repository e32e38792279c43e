package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.character.Character;
import java.time.Duration;
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
public final class Session implements Mailbox, Emitter, Ledger.Fate {
  private static final long LIVELY_NANOS = Duration.ofMillis(200).toNanos();
  private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Event JOURNAL_DOWN =
      new Event.ProblemSeen("STORE_FAILED", "the session log is not written now", 0, Problem.STORE);
  private final SessionRecord record;
  private final Parts parts;
  private final Loop loop = new Loop(this::fault);
  private final Ledger ledger;
  private final Audience audience;
  private final TurnTaking turns;
  private final Intake intake;
  private final Allowance allowance;
  private final IdleFace idleFace;
  private final Arrivals arrivals;
  private final Ending ending;
  private final Continuing continuing;
  private final Promises promises = new Promises();
  private volatile boolean answering;

  /**
   * A session whose log goes on after {@code lastSeq}.
   *
   * @param token of its lease; 0 where it has none yet
   */
  public Session(
      SessionRecord record,
      Supplier<Character> cast,
      Parts parts,
      Collection<Exchange> earlier,
      long lastSeq,
      long token) {
    this.record = record;
    this.parts = parts;
    var tenure = new Tenure(record.place(), parts.leases(), token);
    this.ledger = new Ledger(record.place(), parts, lastSeq, tenure, this::state, this);
    this.audience =
        new Audience(record.id(), ledger, parts.nanos(), parts.settings().readDeadline());
    var progress = new Progress(record, parts, earlier);
    this.turns = new TurnTaking(record, cast, parts, this, audience, progress);
    this.idleFace = new IdleFace(parts, this, audience::show, turns::face);
    this.allowance = new Allowance(parts.nanos());
    this.intake = new Intake(this, turns, audience, ledger);
    this.continuing = new Continuing(record, turns, intake, audience, this);
    this.arrivals = new Arrivals(record.place(), parts, ledger, this, continuing);
    this.ending = new Ending(record, parts, turns, audience, this, ledger, tenure);
  }

  private SessionState state() {
    return continuing.now();
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
    return ending.isClosed();
  }

  /** Whether it has ended for everybody. The session's thread only. */
  boolean isEnded() {
    return ending.isEnded();
  }

  /** Whether the character answered in it when it last looked. Any thread. */
  boolean isAnswering() {
    return answering && !isClosed();
  }

  // --- its thread -------------------------------------------------------------------------------

  /** Runs it on a virtual thread until it ends or nobody has been attached for a while. */
  public void start(Runnable onClosed) {
    Thread.ofVirtual()
        .name("session-" + record.id())
        .start(() -> {
          try {
            loop.run(this::step, parts.nanos(), ending::isClosed);
          } finally {
            onClosed.run();
            ending.over(() -> promises.end(ending.isEnded() ? ended() : elsewhere()));
          }
        });
  }

  @Override
  public void post(Runnable task) {
    loop.post(task);
  }

  /** As {@link #post}, up to 2 ms later. */
  void postUnhurried(Runnable task) {
    loop.postUnhurried(task);
  }

  /** Drains the mailbox, sends what is due; when to come again, in nanoseconds of the clock. */
  public long step() {
    loop.drain();
    long now = now();
    long due = turns.step(now, !isEnded());
    audience.sweep(!turns.busy() && !turns.finishing(), now);
    boolean still = turns.faceIsFree() && audience.looks();
    idleFace.tick(now, !isEnded() && still, turns.mood(now));
    ending.step(now, character().idleTimeout(), arrivals.expected());
    if (isClosed()) {
      idleFace.stop();
    }
    answering = turns.answering();
    long write = ledger.tick(now);
    if (ledger.advanced()) {
      audience.pump();
    }
    boolean lively = turns.busy() || audience.looks();
    long usual = now + (lively ? LIVELY_NANOS : QUIET_NANOS);
    return Math.min(write, due == Long.MAX_VALUE ? usual : due);
  }

  /** A task that failed is told and the session goes on. */
  private void fault(RuntimeException fault) {
    System.getLogger("parley.session")
        .log(System.Logger.Level.ERROR, "session " + record.id(), fault);
    emit("", -1, new Event.ProblemSeen("INTERNAL", "a fault of the server", 0, ""));
  }

  @Override
  public void written() {
    post(() -> {}); // What was written may go out.
  }

  @Override
  public void journalDown() {
    emit("", -1, JOURNAL_DOWN);
  }

  @Override
  public void lost() {
    post(ending::lost);
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
      settle(afterSeq);
      arrivals.arrive(attachment, a -> admit(a, mode));
    });
    return attachment;
  }

  private void admit(Attachment attachment, Mode mode) {
    if (isEnded()) {
      throw ended();
    }
    audience.admit(attachment, mode);
  }

  /** It is over for everybody. */
  public static Failure ended() {
    return Failure.of(Failure.Code.FAILED_PRECONDITION, "SESSION_ENDED", "the session has ended");
  }

  /** It is no longer here and may be asked for again. */
  public static Failure elsewhere() {
    return Failure.of(Failure.Code.UNAVAILABLE, "SESSION_ELSEWHERE", "the session went elsewhere")
        .retryAfter(Duration.ofMillis(100));
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
    CompletableFuture<Long> done = promises.one();
    post(() -> {
      settle(0);
      long taken = intake.takeAll(clientId, inputs);
      ledger.whenKept(() -> done.complete(taken));
    });
    return done;
  }

  /**
   * Passes where one more turn may be submitted; on any thread.
   *
   * @throws Failure OVERLOADED when many wait already, STORE_FAILED when too much of the history
   *     waits for its store
   */
  public void mustHaveRoom() {
    turns.mustHaveRoom();
  }

  /**
   * Runs a turn besides what attachments send; on any thread.
   *
   * @throws Failure as of {@link #mustHaveRoom}
   */
  public void submit(TurnRequest request) {
    mustHaveRoom();
    post(() -> {
      settle(0);
      turns.submit(request);
    });
  }

  /**
   * The same; completes when another process would go on with it.
   *
   * @throws Failure as of {@link #mustHaveRoom}
   */
  public CompletableFuture<Void> accept(TurnRequest request) {
    mustHaveRoom();
    CompletableFuture<Void> kept = promises.one();
    post(() -> {
      settle(0);
      turns.submit(request);
      ledger.whenKept(() -> kept.complete(null));
    });
    return kept;
  }

  /**
   * The turn, running or waiting, that was asked for with that request id, also if another process
   * took it that is gone by now; on any thread.
   */
  public CompletableFuture<Optional<TurnRequest>> asked(String requestId) {
    CompletableFuture<Optional<TurnRequest>> found = promises.one();
    post(() -> {
      settle(0);
      found.complete(turns.asked(requestId));
    });
    return found;
  }

  /** Cuts a turn, running or waiting, at what was heard; on any thread. */
  public void cancel(String turnId) {
    post(() -> {
      turns.interrupt(turnId, -1, Event.Cause.CLIENT);
      ledger.noted(false);
    });
  }

  // --- the log ----------------------------------------------------------------------------------

  @Override
  public void changed() {
    ledger.noted(false);
  }

  @Override
  public void emit(String turnId, long mediaUs, Event event) {
    ledger.append(turnId, mediaUs, event);
    if (!event.flows()) {
      changed();
    }
    switch (event) {
      case Event.FaceFrames frames -> audience.showing(frames);
      case Event.Interrupted cut -> audience.silence(turnId, cut);
      default -> {}
    }
    audience.pump();
  }

  /** Puts back what the journal kept, before anything else happens in the session. */
  void restore(List<LoggedEvent> events, Optional<SessionState> state) {
    arrivals.restore(events, state);
  }

  /** Goes on with what another process left, whether or not somebody comes. */
  void goOn() {
    post(() -> settle(0));
  }

  private void settle(long afterSeq) {
    arrivals.settle(afterSeq);
  }

  // --- ends -------------------------------------------------------------------------------------

  /** Ends it for everybody. */
  void end(Event.EndCause cause) {
    ending.end(cause);
  }

  /**
   * The server is going away: everybody is told, the turn under way is spoken to its end or cut at
   * the deadline, and all is written before the session closes. Completes then. Any thread.
   */
  public CompletableFuture<Void> shutDown(Duration deadline) {
    post(() -> ending.goAway(deadline, now()));
    return ending.down();
  }

  /**
   * The server is going away: everybody is told, and when the turn under way is spoken, at the
   * deadline at the latest, another replica goes on from there. Completes when all is written. Any
   * thread.
   */
  CompletableFuture<Void> handOver(Duration deadline) {
    post(() -> ending.handOver(deadline, now()));
    return ending.down();
  }

  /** Another replica was asked for it while this one is going away: it goes on there at once. */
  CompletableFuture<Void> handOverNow() {
    post(ending::handOverNow);
    return ending.down();
  }

  private long now() {
    return parts.nanos().getAsLong();
  }
}
