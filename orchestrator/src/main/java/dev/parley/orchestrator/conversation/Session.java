package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.InterruptionMode;
import dev.parley.orchestrator.character.InterruptionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A live conversation. One (virtual) thread drains its mailbox and owns everything in it; all else
 * posts. {@link #step} does what is due and says when to come again, so a test can drive it with a
 * clock of its own.
 */
public final class Session implements Mailbox {
  private static final long FOREVER = Long.MAX_VALUE;
  private final SessionRecord record;
  private final SessionFormats formats;
  private final Supplier<Character> cast;
  private final Parts parts;
  private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final SessionLog log;
  private final List<Attachment> attachments = new ArrayList<>();
  private final Map<String, Long> taken = new HashMap<>();
  private final ArrayDeque<TurnRequest> waiting = new ArrayDeque<>();
  private final ArrayDeque<Exchange> history = new ArrayDeque<>();
  private final Ears ears = new Ears();
  private final Hearing hearing;
  private final JournalWriter journal;
  private final Room room = new Room();
  private Character character;
  private Optional<Turn> turn = Optional.empty();
  private String title;
  private int turnCount;
  private long lastInput;
  private long lastAttached;
  private boolean ended;
  private volatile boolean closed;

  /** A session whose log goes on after {@code lastSeq}. */
  public Session(
      SessionRecord record,
      Supplier<Character> cast,
      Parts parts,
      Collection<Exchange> earlier,
      long lastSeq) {
    this.record = record;
    this.formats = SessionFormats.decoded(record.settings());
    this.cast = cast;
    this.character = cast.get();
    this.parts = parts;
    this.log = new SessionLog(parts.settings().window(), lastSeq);
    this.history.addAll(earlier);
    this.title = record.title();
    this.turnCount = record.turnCount();
    this.journal = new JournalWriter(record.id(), parts);
    var request =
        new Listener.Request(formats.inputEncoding(), formats.inputRateHz(), record.language());
    float threshold = parts.settings().uncertainBelow();
    this.hearing = new Hearing(parts.listener(), request, room, ears, threshold);
    this.lastInput = now();
    this.lastAttached = lastInput;
  }

  /** As kept. */
  public SessionRecord record() {
    return record;
  }

  /** As negotiated. */
  public SessionFormats formats() {
    return formats;
  }

  /** The character, as it was at the last turn. */
  public Character character() {
    return character;
  }

  /** Whether nothing more will happen in it. */
  public boolean isClosed() {
    return closed;
  }

  /** Runs it on a virtual thread until it ends or nobody has been attached for a while. */
  public void start(Runnable onClosed) {
    Thread.ofVirtual().name("session-" + record.id()).start(() -> run(onClosed));
  }

  private void run(Runnable onClosed) {
    try {
      while (!closed) {
        long wait = step() - now();
        Runnable task = mailbox.poll(Math.clamp(wait, 0, 1_000_000_000L), TimeUnit.NANOSECONDS);
        if (task != null) {
          guarded(task);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      onClosed.run();
    }
  }

  @Override
  public void post(Runnable task) {
    mailbox.add(task);
  }

  /** Drains the mailbox, sends what is due; when to come again, in nanoseconds of the clock. */
  public long step() {
    for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
      guarded(task);
    }
    long now = now();
    hearing.tick(now);
    long due = turn.map(t -> t.pump(now)).orElse(FOREVER);
    if (turn.isEmpty() && !waiting.isEmpty() && !ended) {
      begin(waiting.remove());
      due = now;
    }
    attachments.removeIf(this::endedInput);
    rest(now);
    return due == FOREVER ? now + Duration.ofMillis(200).toNanos() : due;
  }

  /** A task that fails is told and the session goes on. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      System.getLogger("parley.session")
          .log(System.Logger.Level.ERROR, "session " + record.id(), fault);
      emit("", -1, new Event.ProblemSeen("INTERNAL", "a fault of the server", 0, ""));
    }
  }

  /** Whether a turn runs or waits. Only on the session's thread. */
  boolean busy() {
    return turn.isPresent() || !waiting.isEmpty() || hearing.waiting(now());
  }

  // --- attachments ------------------------------------------------------------------------------

  /** Logs the first event, then greets where that is wanted. */
  public void opened(boolean greet) {
    post(
        () -> {
          emit("", -1, new Event.Started(record.id()));
          if (greet && !character.greeting().isBlank()) {
            waiting.add(fixed(character.greeting(), "", false));
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
    var attachment = new Attachment(this, clientId, tiers, to, afterSeq, false);
    post(
        () -> {
          try {
            admit(attachment, mode);
          } catch (Failure failure) {
            attachment.fail(failure);
          }
        });
    return attachment;
  }

  private void admit(Attachment attachment, Mode mode) {
    if (ended) {
      throw Failure.of(Failure.Code.FAILED_PRECONDITION, "SESSION_ENDED", "the session has ended");
    }
    if (attachment.cursor > 0 && attachment.cursor < log.oldestResumable()) {
      throw Failure.of(
          Failure.Code.OUT_OF_RANGE,
          "REPLAY_EXPIRED",
          "after_seq: " + attachment.cursor + " (kept from " + log.oldestResumable() + ")");
    }
    lease(attachment, mode);
    attachments.add(attachment);
    lastAttached = now();
    boolean fresh = attachment.cursor == 0 && log.oldestResumable() == 0 && log.lastSeq() > 0;
    var started = new Event.Started(record.id());
    attachment.outlet.offer(new LoggedEvent(fresh ? 1 : 0, "", -1, now(), started));
    boolean lost = log.lastDroppedMedia() > attachment.cursor && attachment.cursor > 0;
    if (lost && attachment.tiers.size() > 1) {
      attachment.outlet.offer(
          LoggedEvent.outside(
              new Event.ProblemSeen(
                  "REPLAY_EXPIRED", "older media is fetched from the turn", 0, Problem.STORE)));
    }
    pump(attachment);
  }

  private void lease(Attachment attachment, Mode mode) {
    Optional<Attachment> holder = attachments.stream().filter(a -> a.speaker).findFirst();
    boolean same = holder.isPresent() && holder.get().clientId.equals(attachment.clientId);
    if (mode == Mode.SPEAKER && holder.isPresent() && !same) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION, "SPEAKER_TAKEN", "another client speaks here");
    }
    boolean takes = mode == Mode.TAKE_OVER || mode == Mode.SPEAKER || same;
    attachment.speaker = mode != Mode.WATCHER && (takes || holder.isEmpty());
    if (attachment.speaker && holder.isPresent()) {
      holder.get().speaker = false;
      if (same) {
        holder.get().outlet.offer(LoggedEvent.outside(new Event.Ended(Event.EndCause.REPLACED)));
        holder.get().close();
        attachments.remove(holder.get());
      }
    }
  }

  void detach(Attachment attachment) {
    attachment.closed = true;
    attachments.remove(attachment);
    lastAttached = now();
  }

  void inputEnded(Attachment attachment) {
    if (attachment.speaker) {
      hearing.endUtterance(now());
    }
  }

  private boolean endedInput(Attachment attachment) {
    boolean all = attachment.inputEnded && !busy() && !finishing && attachment.cursor >= log.lastSeq();
    if (all && attachment.outlet.offer(LoggedEvent.outside(ENDED_INPUT))) {
      attachment.close();
      lastAttached = now();
    }
    return attachment.closed;
  }

  private static final Event ENDED_INPUT = new Event.Ended(Event.EndCause.INPUT_ENDED);

  void pump(Attachment attachment) {
    if (attachment.closed) {
      return;
    }
    LoggedEvent next = log.after(attachment.cursor);
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
      next = log.after(attachment.cursor);
    }
    attachment.cursor = Math.max(attachment.cursor, log.lastSeq());
  }

  // --- input ------------------------------------------------------------------------------------

  /** Highest number taken from a client. Any thread may ask through {@link #post}. */
  long takenFrom(String clientId) {
    return taken.getOrDefault(clientId, 0L);
  }

  void take(String clientId, boolean speaker, Input input) {
    if (ended || (input.clientSeq() > 0 && input.clientSeq() <= takenFrom(clientId))) {
      return;
    }
    if (input.clientSeq() > 0) {
      taken.put(clientId, input.clientSeq());
    }
    long now = now();
    lastInput = now;
    switch (input.act()) {
      case Input.Act.Audio audio when speaker -> hearing.audio(audio.data());
      case Input.Act.EndOfInput e when speaker -> hearing.endUtterance(now);
      case Input.Act.Played p when speaker -> played(p, now);
      case Input.Act.Text text -> text(text.text());
      case Input.Act.Interrupt i -> interrupt(i.turnId(), i.heardUs(), Event.Cause.CLIENT);
      case Input.Act.Ping p -> heartbeat(clientId);
      case Input.Act.End e -> end(Event.EndCause.CLIENT);
      case Input.Act.Unusable u -> problem(u.failure(), input.clientSeq());
      default -> refused(clientId, input.clientSeq());
    }
  }

  /** Runs a turn besides what attachments send; on any thread. */
  public void submit(TurnRequest request) {
    post(
        () -> {
          lastInput = now();
          waiting.add(request);
        });
  }

  /** Takes events of a client that is not attached by this call; the highest number taken. */
  public java.util.concurrent.CompletableFuture<Long> send(String clientId, List<Input> inputs) {
    var done = new java.util.concurrent.CompletableFuture<Long>();
    post(
        () -> {
          Optional<Attachment> holder = attachments.stream().filter(a -> a.speaker).findFirst();
          boolean speaks = holder.map(a -> a.clientId.equals(clientId)).orElse(true);
          inputs.forEach(i -> take(clientId, speaks, i));
          done.complete(takenFrom(clientId));
        });
    return done;
  }

  /** Cuts a turn, running or waiting, at what was heard; on any thread. */
  public void cancel(String turnId) {
    post(() -> interrupt(turnId, -1, Event.Cause.CLIENT));
  }

  private void played(Input.Act.Played played, long now) {
    turn.filter(t -> t.id().equals(played.turnId()))
        .ifPresent(t -> t.pace().played(played.playedUs(), now));
  }

  private void text(String text) {
    if (turn.isPresent() && character.interruption().mode() != InterruptionMode.OFF) {
      interrupt("", -1, Event.Cause.TEXT);
    }
    ask(text, false);
  }

  private void ask(String text, boolean spoken) {
    waiting.add(new TurnRequest(parts.ids().get(), text, spoken, "", true, Set.of(), ""));
  }

  private TurnRequest fixed(String reply, String input, boolean spoken) {
    return new TurnRequest(parts.ids().get(), input, spoken, reply, true, Set.of(), "");
  }

  /** Cuts a turn, running or waiting; an empty id means the running one. */
  void interrupt(String turnId, long heardUs, Event.Cause cause) {
    waiting.removeIf(r -> r.turnId().equals(turnId));
    turn.filter(t -> turnId.isEmpty() || t.id().equals(turnId))
        .ifPresent(t -> t.interrupt(heardUs, cause));
  }

  private void heartbeat(String clientId) {
    var beat = new Event.Heartbeat(log.lastSeq(), takenFrom(clientId));
    for (Attachment a : attachments) {
      if (a.clientId.equals(clientId)) {
        a.outlet.offer(LoggedEvent.outside(beat));
      }
    }
  }

  private void refused(String clientId, long clientSeq) {
    var event =
        new Event.ProblemSeen("SPEAKER_TAKEN", "only the speaker's microphone and acks count",
            clientSeq, Problem.INPUT);
    for (Attachment a : attachments) {
      if (a.clientId.equals(clientId)) {
        a.outlet.offer(LoggedEvent.outside(event));
      }
    }
  }

  private void problem(Failure failure, long clientSeq) {
    emit(
        "",
        -1,
        new Event.ProblemSeen(failure.reason(), failure.getMessage(), clientSeq, Problem.INPUT));
  }

  // --- turns ------------------------------------------------------------------------------------

  private boolean finishing;

  private void begin(TurnRequest request) {
    character = cast.get();
    if (title.isEmpty() && !request.input().isEmpty()) {
      title = request.input().substring(0, Math.min(80, request.input().length()));
    }
    Set<Tier> tiers = EnumSet.of(Tier.TEXT);
    tiers.addAll(request.tiers());
    if (request.paced()) {
      attachments.forEach(a -> tiers.addAll(a.tiers));
    }
    var next = new Turn(request, character, record, formats, tiers, recent(), parts, room);
    turn = Optional.of(next);
    finishing = true;
    next.start();
  }

  private List<Exchange> recent() {
    int wanted = character.agent().chatHistoryLength();
    return history.stream().skip(Math.max(0, history.size() - wanted)).toList();
  }

  /** What turn and hearing see of the session. */
  private final class Room implements Turn.Host, Hearing.Floor {
    @Override
    public void post(Runnable task) {
      Session.this.post(task);
    }

    @Override
    public long nanos() {
      return now();
    }

    @Override
    public void emit(String turnId, long mediaUs, Event event) {
      Session.this.emit(turnId, mediaUs, event);
      if (event instanceof Event.TurnCompleted) {
        finishing = turn.isPresent();
        touch();
      }
    }

    @Override
    public void spoke(String word) {
      ears.spoke(word);
      hearing.hint();
    }

    @Override
    public void over(Turn over, String heardText) {
      remember(over.input(), heardText);
      turn = Optional.empty();
      turnCount++;
      lastInput = now();
    }

    @Override
    public Optional<Turn> running() {
      return turn;
    }

    @Override
    public InterruptionRule rule() {
      return character.interruption();
    }

    @Override
    public void say(Event event) {
      Session.this.emit(turn.map(Turn::id).orElse(""), -1, event);
    }

    @Override
    public void cut() {
      interrupt("", -1, Event.Cause.SPEECH);
    }

    @Override
    public void heard(String text, boolean uncertain, boolean cutsIn) {
      lastInput = now();
      if (cutsIn) {
        cut();
      }
      if (uncertain) {
        waiting.add(fixed("I am not sure I heard you. Did you say: " + text + "?", text, true));
      } else {
        ask(text, true);
      }
    }
  }

  private void remember(String input, String heard) {
    if (!input.isEmpty() || !heard.isEmpty()) {
      history.add(new Exchange(input, heard));
      if (history.size() > 100) {
        history.remove();
      }
    }
  }

  private void touch() {
    int count = turnCount;
    String name = title;
    parts
        .background()
        .execute(
            () -> {
              try {
                parts.sessions().touch(record.id(), Instant.now(), count, name);
              } catch (Failure e) {
                post(() -> emit("", -1, Problem.of(e, Problem.STORE)));
              }
            });
  }

  // --- the log ----------------------------------------------------------------------------------

  private void emit(String turnId, long mediaUs, Event event) {
    LoggedEvent logged = log.append(turnId, mediaUs, now(), event);
    journal.add(logged);
    for (int i = 0; i < attachments.size(); i++) {
      pump(attachments.get(i));
    }
  }

  /** Puts back what the journal kept, before anything else happens in the session. */
  void restore(List<LoggedEvent> events) {
    log.restore(events, now());
  }

  // --- ends -------------------------------------------------------------------------------------

  private void rest(long now) {
    long idle = character.idleTimeout().toNanos();
    if (!ended && idle > 0 && !busy() && now - lastInput > idle) {
      end(Event.EndCause.IDLE);
    }
    boolean deserted = attachments.isEmpty() && !busy() && !finishing;
    if (ended ? !finishing : deserted && now - lastAttached > lingering() && now - lastInput > lingering()) {
      hearing.close();
      closed = true;
    }
  }

  private long lingering() {
    return parts.settings().lingering().toNanos();
  }

  /** Ends it for everybody. */
  void end(Event.EndCause cause) {
    if (ended) {
      return;
    }
    waiting.clear();
    interrupt("", -1, Event.Cause.SESSION_ENDED);
    ended = true;
    emit("", -1, new Event.Ended(cause));
    parts.background().execute(() -> parts.sessions().end(record.id(), Instant.now()));
  }

  /** Tells everybody that the server is going away. */
  public void goAway(Duration deadline) {
    post(
        () -> {
          var event = new Event.GoAway(deadline.toMillis(), "the server is going away; come back");
          attachments.forEach(a -> a.outlet.offer(LoggedEvent.outside(event)));
        });
  }

  private long now() {
    return parts.nanos().getAsLong();
  }
}
