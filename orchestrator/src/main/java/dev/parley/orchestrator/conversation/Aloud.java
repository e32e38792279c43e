package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.character.InterruptionRule;
import java.util.Optional;

/**
 * What the person says aloud, and what becomes of it: it is answered, asked back, joined to what
 * was said before, or it cuts in. The session's thread owns it.
 */
final class Aloud implements Hearing.Floor {
  private final TurnTaking turns;
  private final Progress progress;
  private final Hearing hearing;
  private final Wording wording = new Wording();

  Aloud(TurnTaking turns, Parts parts, Listener.Request wanted, Progress progress) {
    this.turns = turns;
    this.progress = progress;
    this.hearing = new Hearing(parts.listener(), wanted, this, parts.settings().uncertainBelow());
  }

  /** Sound of the microphone. */
  void audio(byte[] data) {
    hearing.audio(data);
  }

  /** The person says that they have finished. */
  void endUtterance(long now) {
    hearing.endUtterance(now);
  }

  /** The character says this word now. */
  void spoke(Word word) {
    hearing.spoke(word.text());
  }

  /** Whether words may still come. */
  boolean waiting(long now) {
    return hearing.waiting(now);
  }

  /** Holds and releases the character, and answers what waited in vain for its rest. */
  void tick(long now) {
    hearing.tick(now);
    if (wording.open() && !hearing.waiting(now)) {
      nothingHeard();
    }
  }

  void close() {
    hearing.close();
  }

  // --- what hearing does ------------------------------------------------------------------------

  @Override
  public void post(Runnable task) {
    turns.post(task);
  }

  @Override
  public long nanos() {
    return turns.nanos();
  }

  @Override
  public Optional<Turn> running() {
    return turns.running();
  }

  @Override
  public InterruptionRule rule() {
    return turns.rule();
  }

  @Override
  public void say(Event event) {
    turns.emit(running().map(Turn::id).orElse(""), -1, event);
  }

  @Override
  public void voiceHeard() {
    turns.meant();
  }

  @Override
  public void cut() {
    Optional<Turn> early = running().filter(t -> t.spokenInput() && !t.audible());
    turns.interrupt("", -1, Event.Cause.SPEECH);
    early.ifPresent(t -> {
      wording.unanswered(t.input());
      progress.takeBack();
    });
  }

  @Override
  public void heard(String text, boolean uncertain, boolean cutsIn) {
    turns.meant();
    if (cutsIn) {
      cut();
    }
    try {
      turns.mustHaveRoom();
    } catch (Failure full) {
      say(Problem.of(full, Problem.STORE, 0));
      return;
    }
    if (uncertain && !wording.confirms(text)) {
      turns.say(wording.askBack(text), text, true);
    } else {
      turns.ask(wording.question(text), true);
    }
  }

  @Override
  public void nothingHeard() {
    wording.settle().ifPresent(question -> turns.ask(question, true));
  }
}
