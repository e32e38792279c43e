package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.character.InterruptionRule;
import java.time.Duration;
import java.util.Optional;

/**
 * What the microphone brings: an open ear, its transcripts on the clock of the session's input, and
 * what becomes of them. An ear that fails is opened again after a pause. The session's thread owns
 * it.
 */
final class Hearing implements Listener.Sink {
  /** What hearing does to its session. */
  interface Floor extends Mailbox {
    long nanos();

    Optional<Turn> running();

    InterruptionRule rule();

    void say(Event event);

    void cut();

    /** The person began to speak. */
    void voiceHeard();

    void heard(String text, boolean uncertain, boolean cutsIn);

    /** It was no speech, or not for the character. */
    void nothingHeard();
  }

  private static final long FINAL_MUST_FOLLOW = Duration.ofSeconds(5).toNanos();
  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();
  private final Optional<Listener> listener;
  private final Listener.Request request;
  private final Floor floor;
  private final float uncertainBelow;
  private final Interruptions interruptions;
  private Optional<Listener.Ear> ear = Optional.empty();
  private final InputClock clock;
  private long notBefore = Long.MIN_VALUE;
  private long pause = FIRST_PAUSE;
  private boolean told;
  private long awaitingFinal = -1;

  Hearing(
      Optional<Listener> listener, Listener.Request request, Floor floor, float uncertainBelow) {
    this.listener = listener;
    this.request = request;
    this.floor = floor;
    this.uncertainBelow = uncertainBelow;
    this.interruptions = new Interruptions(floor);
    this.clock = new InputClock(request);
  }

  void audio(byte[] data) {
    if (ear.isEmpty() && floor.nanos() >= notBefore) {
      open();
    }
    clock.received(data.length);
    ear.ifPresent(e -> e.audio(data));
  }

  private void open() {
    if (listener.isPresent()) {
      clock.opened();
      ear = Optional.of(listener.get().listen(request, this));
    } else if (!told) {
      told = true;
      tell("no recogniser is attached");
    }
  }

  void endUtterance(long now) {
    if (ear.isPresent()) {
      awaitingFinal = now;
      ear.get().endUtterance();
    }
  }

  /** Whether words may still come. */
  boolean waiting(long now) {
    boolean due = awaitingFinal >= 0 && now - awaitingFinal < FINAL_MUST_FOLLOW;
    return interruptions.listening(now) || due;
  }

  /** The character says this word now. */
  void spoke(String word) {
    interruptions.spoke(word);
    ear.ifPresent(e -> e.echoHint(interruptions.spoken()));
  }

  void close() {
    ear.ifPresent(Call::cancel);
    ear = Optional.empty();
  }

  /** Holds and releases the character as time passes. */
  void tick(long now) {
    interruptions.tick(now);
  }

  @Override
  public void speechStarted(long us) {
    floor.post(() -> {
      interruptions.speechStarted();
      floor.voiceHeard();
      floor.say(new Event.SpeechStarted(clock.at(us)));
    });
  }

  @Override
  public void speechStopped(long us) {
    floor.post(() -> {
      interruptions.speechStopped();
      floor.say(new Event.SpeechStopped(clock.at(us)));
    });
  }

  @Override
  public void partial(Listener.Utterance utterance) {
    floor.post(() -> {
      if (interruptions.partial(utterance.text())) {
        floor.say(new Event.Transcript(clock.at(utterance), false, false));
      }
    });
  }

  @Override
  public void finalUtterance(Listener.Utterance utterance) {
    floor.post(() -> heard(clock.at(utterance)));
  }

  private void heard(Listener.Utterance utterance) {
    awaitingFinal = -1;
    pause = FIRST_PAUSE;
    String text = utterance.text().strip();
    boolean uncertain = !text.isEmpty() && utterance.confidence() < uncertainBelow;
    Interruptions.Verdict verdict = interruptions.finished(text, uncertain);
    if (verdict != Interruptions.Verdict.UNHEARD) {
      floor.say(new Event.Transcript(utterance, true, uncertain));
    }
    switch (verdict) {
      case ANSWER -> floor.heard(text, uncertain, false);
      case CUT -> floor.heard(text, uncertain, true);
      case NOTED, UNHEARD -> floor.nothingHeard();
    }
  }

  @Override
  public void failed(Failure failure) {
    floor.post(() -> {
      close();
      awaitingFinal = -1;
      interruptions.speechStopped();
      notBefore = floor.nanos() + pause;
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      tell(String.valueOf(failure.getMessage()));
    });
  }

  private void tell(String why) {
    floor.say(new Event.ProblemSeen("RECOGNITION_FAILED", why, 0, Problem.SPEECH));
  }
}
