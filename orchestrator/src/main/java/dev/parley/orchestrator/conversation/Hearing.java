package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.character.InterruptionMode;
import dev.parley.orchestrator.character.InterruptionRule;
import java.time.Duration;
import java.util.Optional;

/**
 * What the microphone brings: transcripts, and who has the floor. Speech long enough holds the
 * character; words that are meant for it cut it; a noise, a backchannel or its own echo lets it go
 * on. The session's thread owns it.
 */
final class Hearing implements Listener.Sink {
  /** What hearing does to its session. */
  interface Floor extends Mailbox {
    long nanos();

    Optional<Turn> running();

    InterruptionRule rule();

    void say(Event event);

    void cut();

    void heard(String text, boolean uncertain, boolean cutsIn);
  }

  private static final long WORDS_MUST_FOLLOW = Duration.ofMillis(1500).toNanos();
  private static final long FINAL_MUST_FOLLOW = Duration.ofSeconds(5).toNanos();
  private final Optional<Listener> listener;
  private final Listener.Request request;
  private final Floor floor;
  private final Ears ears = new Ears();
  private final float uncertainBelow;
  private Optional<Listener.Ear> ear = Optional.empty();
  private boolean refused;
  private boolean speaking;
  private long speechNanos;
  private long pausedNanos = -1;
  private long awaitingFinal = -1;

  Hearing(
      Optional<Listener> listener,
      Listener.Request request,
      Floor floor,
      float uncertainBelow) {
    this.listener = listener;
    this.request = request;
    this.floor = floor;
    this.uncertainBelow = uncertainBelow;
  }

  void audio(byte[] data) {
    if (ear.isEmpty() && !refused) {
      refused = listener.isEmpty();
      ear = listener.map(l -> l.listen(request, this));
      if (refused) {
        floor.say(
            new Event.ProblemSeen("RECOGNITION_FAILED", "no recogniser is attached", 0, "speech"));
      }
    }
    ear.ifPresent(e -> e.audio(data));
  }

  void endUtterance(long now) {
    if (ear.isPresent()) {
      awaitingFinal = now;
      ear.get().endUtterance();
    }
  }

  /** Whether words may still come. */
  boolean waiting(long now) {
    return speaking || (awaitingFinal >= 0 && now - awaitingFinal < FINAL_MUST_FOLLOW);
  }

  /** The character says this word now. */
  void spoke(String word) {
    ears.spoke(word);
    ear.ifPresent(e -> e.echoHint(ears.spoken()));
  }

  void close() {
    ear.ifPresent(Call::cancel);
    ear = Optional.empty();
  }

  /** Holds and releases the character as time passes. */
  void tick(long now) {
    Optional<Turn> turn = floor.running();
    InterruptionRule rule = floor.rule();
    if (turn.isEmpty()) {
      pausedNanos = -1;
    } else if (pausedNanos >= 0) {
      if (now - pausedNanos > WORDS_MUST_FOLLOW) {
        resume(turn.get(), now);
      }
    } else if (speaking
        && rule.mode() == InterruptionMode.SPEECH
        && now - speechNanos >= rule.minSpeechMs() * 1_000_000L
        && now - speechNanos < WORDS_MUST_FOLLOW) {
      hold(turn.get(), now);
    }
  }

  private void hold(Turn turn, long now) {
    if (floor.rule().minWords() == 0) {
      floor.cut();
      return;
    }
    turn.playback().pause(now);
    pausedNanos = now;
    floor.say(new Event.Paused(turn.playback().heardUs(-1, now)));
  }

  private void resume(Turn turn, long now) {
    pausedNanos = -1;
    speechNanos = now - WORDS_MUST_FOLLOW;
    turn.playback().resume(now);
    floor.say(new Event.Resumed(turn.playback().heardUs(-1, now)));
  }

  @Override
  public void speechStarted(long us) {
    floor.post(
        () -> {
          speaking = true;
          speechNanos = clock();
          floor.say(new Event.SpeechStarted(us));
        });
  }

  @Override
  public void speechStopped(long us) {
    floor.post(
        () -> {
          speaking = false;
          floor.say(new Event.SpeechStopped(us));
        });
  }

  @Override
  public void partial(Listener.Utterance utterance) {
    floor.post(
        () -> {
          boolean running = floor.running().isPresent();
          if (running && ears.echo(utterance.text())) {
            return;
          }
          floor.say(new Event.Transcript(utterance, false, false));
          if (running && interrupts(utterance.text())) {
            pausedNanos = -1;
            floor.cut();
          }
        });
  }

  private boolean interrupts(String text) {
    InterruptionRule rule = floor.rule();
    boolean longEnough = clock() - speechNanos >= rule.minSpeechMs() * 1_000_000L;
    return rule.mode() == InterruptionMode.SPEECH
        && longEnough
        && ears.meantWords(text) >= Math.max(1, rule.minWords());
  }

  @Override
  public void finalUtterance(Listener.Utterance utterance) {
    floor.post(() -> heard(utterance));
  }

  private void heard(Listener.Utterance utterance) {
    awaitingFinal = -1;
    speaking = false;
    String text = utterance.text().strip();
    Optional<Turn> turn = floor.running();
    boolean uncertain = !text.isEmpty() && utterance.confidence() < uncertainBelow;
    boolean meant = turn.isEmpty() ? !text.isEmpty() : ears.meantWords(text) > 0;
    if (meant) {
      floor.say(new Event.Transcript(utterance, true, uncertain));
    }
    boolean cutsIn = meant && turn.isPresent() && interruptsFinally(text);
    if (pausedNanos >= 0 && turn.isPresent() && !cutsIn) {
      resume(turn.get(), clock());
    }
    boolean enough = turn.isEmpty() || cutsIn || floor.rule().mode() != InterruptionMode.SPEECH;
    if (meant && enough) {
      pausedNanos = -1;
      floor.heard(text, uncertain, cutsIn);
    }
  }

  private boolean interruptsFinally(String text) {
    InterruptionRule rule = floor.rule();
    return rule.mode() == InterruptionMode.SPEECH
        && ears.meantWords(text) >= Math.max(1, rule.minWords());
  }

  @Override
  public void failed(Failure failure) {
    floor.post(
        () -> {
          close();
          awaitingFinal = -1;
          speaking = false;
          floor.say(
              new Event.ProblemSeen(
                  "RECOGNITION_FAILED", String.valueOf(failure.getMessage()), 0, "speech"));
        });
  }

  private long clock() {
    return floor.nanos();
  }
}
