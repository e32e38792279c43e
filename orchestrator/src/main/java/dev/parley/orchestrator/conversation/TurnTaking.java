package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.InterruptionMode;
import dev.parley.orchestrator.character.InterruptionRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who speaks when: at most one turn runs, others wait; what is heard and typed begins turns and
 * cuts them. The session's thread owns it.
 */
final class TurnTaking implements Turn.Host {
  private final SessionRecord record;
  private final SessionFormats formats;
  private final Supplier<Character> cast;
  private final Parts parts;
  private final Mailbox mailbox;
  private final Emitter emitter;
  private final Audience audience;
  private final Progress progress;
  private final Aloud aloud;
  private final TurnQueue waiting = new TurnQueue();
  private Character character;
  private Optional<Turn> turn = Optional.empty();
  private boolean finishing;
  private long lastInput;
  private long lastMeant;

  TurnTaking(
      SessionRecord record,
      Supplier<Character> cast,
      Parts parts,
      Session session,
      Audience audience,
      Progress progress) {
    this.record = record;
    this.formats = SessionFormats.decoded(record.settings());
    this.cast = cast;
    this.character = cast.get();
    this.parts = parts;
    this.mailbox = session;
    this.emitter = session;
    this.audience = audience;
    this.progress = progress;
    var wanted =
        new Listener.Request(
            record.owner(), formats.inputEncoding(), formats.inputRateHz(), record.language());
    this.aloud = new Aloud(this, parts, wanted, progress);
    this.lastInput = nanos();
    this.lastMeant = lastInput;
  }

  SessionFormats formats() {
    return formats;
  }

  /** As it was at the last turn. */
  Character character() {
    return character;
  }

  /** When something last came or a turn ended, in nanoseconds. */
  long lastInput() {
    return lastInput;
  }

  /** When the person last said or typed something or a turn ended, in nanoseconds. */
  long lastMeant() {
    return lastMeant;
  }

  /** Whether somebody speaks or is about to. */
  boolean busy() {
    return answering() || aloud.waiting(nanos());
  }

  /** Whether the character answers or is about to. */
  boolean answering() {
    return turn.isPresent() || !waiting.isEmpty();
  }

  /** Whether a turn is still being kept, after it was spoken. */
  boolean finishing() {
    return finishing;
  }

  /** Does what is due; when to come again, in nanoseconds. */
  long step(long now, boolean mayBegin) {
    aloud.tick(now);
    long due = turn.map(t -> t.pump(now)).orElse(Long.MAX_VALUE);
    if (turn.isEmpty() && !waiting.isEmpty() && mayBegin) {
      begin(waiting.next());
      return now;
    }
    return due;
  }

  /** Whether no turn has the face: none runs, or it has not begun to show itself. */
  boolean faceIsFree() {
    return turn.map(t -> !t.shown()).orElse(true);
  }

  /** What the face does apart from speaking. */
  Animator.Mood mood(long now) {
    if (turn.isPresent()) {
      return Animator.Mood.THINKING;
    }
    return aloud.waiting(now) ? Animator.Mood.LISTENING : Animator.Mood.IDLE;
  }

  /** The face alone, with that seed. */
  Animator.Request face(long seed) {
    return formats.animation(character, seed, true, false, audience.pose());
  }

  // --- what the person does ---------------------------------------------------------------------

  void audio(byte[] data) {
    lastInput = nanos();
    aloud.audio(data);
  }

  void endUtterance() {
    lastInput = nanos();
    aloud.endUtterance(lastInput);
  }

  void played(String turnId, long playedUs) {
    lastInput = nanos();
    turn.filter(t -> t.id().equals(turnId))
        .ifPresent(t -> t.playback().played(playedUs, lastInput));
  }

  /**
   * Typed text.
   *
   * @throws Failure OVERLOADED when too many turns wait, STORE_FAILED when too much of the history
   *     waits for its store
   */
  void typed(String text) {
    mustHaveRoom();
    meant();
    if (turn.isPresent() && rule().mode() != InterruptionMode.OFF) {
      interrupt("", -1, Event.Cause.TEXT);
    }
    ask(text, false);
  }

  /** The person said or typed something. */
  void meant() {
    lastInput = nanos();
    lastMeant = lastInput;
  }

  /** Something to answer to. */
  void submit(TurnRequest request) {
    meant();
    waiting.add(request);
  }

  /** The turn, running or waiting, that was asked for with that request id. */
  Optional<TurnRequest> asked(String requestId) {
    return Stream.concat(turn.map(Turn::request).stream(), waiting.list().stream())
        .filter(it -> it.requestId().equals(requestId))
        .findFirst();
  }

  /** Says something without thinking about it. */
  void say(String reply, String input, boolean spoken) {
    waiting.add(new TurnRequest(parts.ids().get(), input, spoken, reply, true, Set.of(), ""));
  }

  /**
   * Any thread.
   *
   * @throws Failure OVERLOADED when too many turns wait, STORE_FAILED when too much of the history
   *     waits for its store
   */
  void mustHaveRoom() {
    waiting.mustHaveRoom();
    parts.turns().mustHaveRoom();
  }

  /** Something to answer to, as typed or spoken. */
  void ask(String text, boolean spoken) {
    waiting.add(new TurnRequest(parts.ids().get(), text, spoken, "", true, Set.of(), ""));
  }

  /**
   * The person wants it to stop.
   *
   * @throws Failure NOT_INTERRUPTIBLE when the character speaks to the end
   */
  void button(String turnId, long heardUs) {
    boolean running = turn.filter(t -> turnId.isEmpty() || t.id().equals(turnId)).isPresent();
    if (running && rule().mode() == InterruptionMode.OFF) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION, "NOT_INTERRUPTIBLE", "the character speaks to the end");
    }
    interrupt(turnId, heardUs, Event.Cause.CLIENT);
  }

  /** Cuts a turn, running or waiting; an empty id means the running one. */
  void interrupt(String turnId, long heardUs, Event.Cause cause) {
    meant();
    waiting.remove(turnId).forEach(this::neverBegun);
    turn.filter(t -> turnId.isEmpty() || t.id().equals(turnId))
        .ifPresent(t -> t.interrupt(heardUs, cause));
  }

  /** Cuts what runs and what waits. */
  void stop(Event.Cause cause) {
    waiting.clear().forEach(this::neverBegun);
    interrupt("", -1, cause);
  }

  /** What waited and is not begun any more ends as well: it is kept, and whoever waits is told. */
  private void neverBegun(TurnRequest request) {
    if (!request.input().isEmpty()) {
      var record = TurnRecord.unspoken(this.record, request, TurnState.CANCELLED);
      var retries = new Retries(parts.upkeep());
      var ended = new Event.TurnCompleted(TurnState.CANCELLED, "", Optional.empty());
      parts
          .upkeep()
          .execute(() -> {
            retries.run(() -> parts.turns().save(record));
            post(() -> emitter.emit(request.turnId(), -1, ended));
          });
    }
  }

  void close() {
    aloud.close();
  }

  // --- turns ------------------------------------------------------------------------------------

  private void begin(TurnRequest request) {
    character = cast.get();
    progress.begun(request.input());
    take(request, character).start();
  }

  private Turn take(TurnRequest request, Character speaking) {
    Set<Tier> tiers = EnumSet.of(Tier.TEXT);
    tiers.addAll(request.tiers());
    if (request.paced()) {
      tiers.addAll(audience.tiers());
      if (audience.speaker().isEmpty()) {
        tiers.addAll(formats.tiers()); // Not there yet, or for a moment.
      }
    }
    var history = progress.recent(speaking.agent().chatHistoryLength());
    var scene = new Scene(request, speaking, record, formats, tiers, history, audience.pose());
    var next = new Turn(scene, parts, this);
    turn = Optional.of(next);
    finishing = true;
    return next;
  }

  // --- from process to process ------------------------------------------------------------------

  /** Goes on with a turn that another process began, in the voice in which it began. */
  void goOn(Begun begun) {
    character = cast.get();
    Character speaking = begun.manner().map(character::speaking).orElse(character);
    take(begun.request(), speaking).goOn(begun);
  }

  /** Turns that waited in another process. */
  void queue(List<TurnRequest> requests) {
    requests.forEach(waiting::add);
  }

  /** Turns that wait. */
  List<TurnRequest> queued() {
    return waiting.list();
  }

  /** Somebody else goes on with what runs and waits. */
  void abandon() {
    waiting.clear();
    turn.ifPresent(Turn::abandon);
    turn = Optional.empty();
    finishing = false;
  }

  @Override
  public void emit(String turnId, long mediaUs, Event event) {
    emitter.emit(turnId, mediaUs, event);
    if (event instanceof Event.TurnCompleted) {
      finishing = turn.isPresent();
      progress.keep(down -> post(() -> emit("", -1, Problem.of(down, Problem.STORE, 0))));
    }
  }

  @Override
  public void spoke(Word word) {
    aloud.spoke(word);
  }

  @Override
  public void changed() {
    emitter.changed();
  }

  @Override
  public void over(Turn over, String heardText) {
    progress.over(over.input(), heardText);
    turn = Optional.empty();
    meant();
  }

  // --- what the person's voice needs to know ----------------------------------------------------

  Optional<Turn> running() {
    return turn;
  }

  /** How the character may be interrupted. */
  InterruptionRule rule() {
    return character.interruption();
  }

  @Override
  public void post(Runnable task) {
    mailbox.post(task);
  }

  long nanos() {
    return parts.nanos().getAsLong();
  }
}
