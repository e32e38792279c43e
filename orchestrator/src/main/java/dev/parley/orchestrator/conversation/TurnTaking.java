package dev.parley.orchestrator.conversation;

import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.InterruptionMode;
import dev.parley.orchestrator.character.InterruptionRule;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who speaks when: at most one turn runs, others wait; what is heard and typed begins turns and cuts
 * them. The session's thread owns it.
 */
final class TurnTaking implements Turn.Host, Hearing.Floor {
  private final SessionRecord record;
  private final SessionFormats formats;
  private final Supplier<Character> cast;
  private final Parts parts;
  private final Mailbox mailbox;
  private final Emitter emitter;
  private final Audience audience;
  private final Progress progress;
  private final Hearing hearing;
  private final ArrayDeque<TurnRequest> waiting = new ArrayDeque<>();
  private Character character;
  private Optional<Turn> turn = Optional.empty();
  private boolean finishing;
  private long lastInput;

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
        new Listener.Request(formats.inputEncoding(), formats.inputRateHz(), record.language());
    this.hearing = new Hearing(parts.listener(), wanted, this, parts.settings().uncertainBelow());
    this.lastInput = nanos();
  }

  SessionFormats formats() {
    return formats;
  }

  /** As it was at the last turn. */
  Character character() {
    return character;
  }

  /** When the person last did something or a turn ended, in nanoseconds. */
  long lastInput() {
    return lastInput;
  }

  /** Whether somebody speaks or is about to. */
  boolean busy() {
    return turn.isPresent() || !waiting.isEmpty() || hearing.waiting(nanos());
  }

  /** Whether a turn is still being kept, after it was spoken. */
  boolean finishing() {
    return finishing;
  }

  /** Does what is due; when to come again, in nanoseconds. */
  long step(long now, boolean mayBegin) {
    hearing.tick(now);
    long due = turn.map(t -> t.pump(now)).orElse(Long.MAX_VALUE);
    if (turn.isEmpty() && !waiting.isEmpty() && mayBegin) {
      begin(waiting.remove());
      return now;
    }
    return due;
  }

  // --- what the person does ---------------------------------------------------------------------

  void audio(byte[] data) {
    lastInput = nanos();
    hearing.audio(data);
  }

  void endUtterance() {
    lastInput = nanos();
    hearing.endUtterance(lastInput);
  }

  void played(String turnId, long playedUs) {
    lastInput = nanos();
    turn.filter(t -> t.id().equals(turnId)).ifPresent(t -> t.playback().played(playedUs, lastInput));
  }

  void typed(String text) {
    lastInput = nanos();
    if (turn.isPresent() && rule().mode() != InterruptionMode.OFF) {
      interrupt("", -1, Event.Cause.TEXT);
    }
    ask(text, false);
  }

  /** Something to answer to. */
  void submit(TurnRequest request) {
    lastInput = nanos();
    waiting.add(request);
  }

  /** Says something without thinking about it. */
  void say(String reply, String input, boolean spoken) {
    waiting.add(
        new TurnRequest(parts.ids().get(), input, spoken, reply, true, Set.of(), ""));
  }

  private void ask(String text, boolean spoken) {
    waiting.add(new TurnRequest(parts.ids().get(), text, spoken, "", true, Set.of(), ""));
  }

  /** Cuts a turn, running or waiting; an empty id means the running one. */
  void interrupt(String turnId, long heardUs, Event.Cause cause) {
    lastInput = nanos();
    waiting.removeIf(r -> r.turnId().equals(turnId));
    turn.filter(t -> turnId.isEmpty() || t.id().equals(turnId))
        .ifPresent(t -> t.interrupt(heardUs, cause));
  }

  /** Cuts what runs and forgets what waits. */
  void stop(Event.Cause cause) {
    waiting.clear();
    interrupt("", -1, cause);
  }

  void close() {
    hearing.close();
  }

  // --- turns ------------------------------------------------------------------------------------

  private void begin(TurnRequest request) {
    character = cast.get();
    progress.begun(request.input());
    Set<Tier> tiers = EnumSet.of(Tier.TEXT);
    tiers.addAll(request.tiers());
    if (request.paced()) {
      tiers.addAll(audience.tiers());
    }
    var history = progress.recent(character.agent().chatHistoryLength());
    var scene = new Scene(request, character, record, formats, tiers, history);
    var next = new Turn(scene, parts, this);
    turn = Optional.of(next);
    finishing = true;
    next.start();
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
    hearing.spoke(word.text());
  }

  @Override
  public void over(Turn over, String heardText) {
    progress.over(over.input(), heardText);
    turn = Optional.empty();
    lastInput = nanos();
  }

  // --- the floor --------------------------------------------------------------------------------

  @Override
  public void post(Runnable task) {
    mailbox.post(task);
  }

  @Override
  public long nanos() {
    return parts.nanos().getAsLong();
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
    emit(turn.map(Turn::id).orElse(""), -1, event);
  }

  @Override
  public void cut() {
    interrupt("", -1, Event.Cause.SPEECH);
  }

  @Override
  public void heard(String text, boolean uncertain, boolean cutsIn) {
    lastInput = nanos();
    if (cutsIn) {
      cut();
    }
    if (uncertain) {
      say("I am not sure I heard you. Did you say: " + text + "?", text, true);
    } else {
      ask(text, true);
    }
  }
}
