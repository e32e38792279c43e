package dev.parley.orchestrator.conversation;

import dev.parley.orchestrator.character.InterruptionMode;
import dev.parley.orchestrator.character.InterruptionRule;
import java.time.Duration;
import java.util.Optional;

/**
 * What the person's voice does to a character that is speaking. Speech that is long enough holds
 * the character; words meant for it, and enough of them, cut it; a noise, a sound of agreement or
 * its own echo lets it go on where it stopped. The session's thread owns it.
 */
final class Interruptions {
  /** What is to be done with an utterance. */
  enum Verdict {
    /** Not the person's, or nothing: not even shown. */
    UNHEARD,
    /** Shown, and no more. */
    NOTED,
    /** Answered when the character has finished. */
    ANSWER,
    /** The character is cut and answers it. */
    CUT
  }

  private static final long WORDS_MUST_FOLLOW = Duration.ofMillis(1500).toNanos();
  private static final long FINAL_MUST_FOLLOW = Duration.ofSeconds(5).toNanos();
  private static final long ECHO_TAIL = Duration.ofMillis(400).toNanos();
  private final Hearing.Floor floor;
  private final Ears ears = new Ears();
  private boolean speaking;
  private boolean open;
  private long speechNanos;
  private long stoppedNanos;
  private long lastTalkNanos = Long.MIN_VALUE / 2;
  private long pausedNanos = -1;
  private boolean mayHold;
  private boolean overlapped;
  private boolean roomEchoes;
  private boolean agreeing;

  Interruptions(Hearing.Floor floor) {
    this.floor = floor;
  }

  /** The character says this word now. */
  void spoke(String word) {
    lastTalkNanos = floor.nanos();
    ears.spoke(word, lastTalkNanos);
  }

  /** The last words said, for the recogniser. */
  String spoken() {
    return ears.spoken();
  }

  /** Whether an utterance has begun that is not finished; given up some time after it stopped. */
  boolean listening(long now) {
    return speaking || (open && now - stoppedNanos < FINAL_MUST_FOLLOW);
  }

  void speechStarted() {
    speechNanos = floor.nanos();
    if (!speaking) {
      boolean talks = floor.running().isPresent();
      overlapped |= talks || speechNanos - lastTalkNanos < ECHO_TAIL;
      mayHold = true;
      agreeing = false;
    }
    speaking = true;
    open = true;
  }

  void speechStopped() {
    speaking = false;
    stoppedNanos = floor.nanos();
    if (agreeing) {
      resume();
    }
  }

  /** Holds and releases the character as time passes. */
  void tick(long now) {
    if (floor.running().isEmpty()) {
      pausedNanos = -1;
    } else if (pausedNanos >= 0) {
      if (now - pausedNanos > WORDS_MUST_FOLLOW) {
        resume();
      }
    } else if (speaking && !roomEchoes && longEnough()) {
      hold();
    }
  }

  private boolean longEnough() {
    InterruptionRule rule = floor.rule();
    return rule.mode() == InterruptionMode.SPEECH
        && floor.nanos() - speechNanos >= rule.minSpeechMs() * 1_000_000L;
  }

  /** The character waits for what the person says; without a voice there is nothing to hold. */
  private void hold() {
    Optional<Turn> turn = floor.running().filter(t -> t.playback().firstAudioNanos() >= 0);
    if (turn.isEmpty() || !mayHold) {
      return;
    }
    if (floor.rule().minWords() == 0) {
      floor.cut();
      return;
    }
    mayHold = false;
    pausedNanos = floor.nanos();
    turn.get().playback().pause(pausedNanos);
    floor.say(new Event.Paused(turn.get().playback().heardUs(-1, pausedNanos)));
  }

  private void resume() {
    Optional<Turn> turn = floor.running();
    if (pausedNanos >= 0 && turn.isPresent()) {
      long now = floor.nanos();
      turn.get().playback().resume(now);
      floor.say(new Event.Resumed(turn.get().playback().heardUs(-1, now)));
    }
    pausedNanos = -1;
  }

  /** Words so far; false when they are the character's own. */
  boolean partial(String text) {
    if (overlapped && ears.echo(text, floor.nanos())) {
      echoed();
      return false;
    }
    if (floor.running().isEmpty() || text.isBlank()) {
      return true;
    }
    int meant = ears.meantWords(text);
    agreeing = meant == 0;
    if (longEnough() && meant >= wordsNeeded()) {
      pausedNanos = -1;
      floor.cut();
    } else if (longEnough() && meant > 0) {
      hold();
    }
    return true;
  }

  private void echoed() {
    roomEchoes = true;
    mayHold = false;
    resume();
  }

  /** A turn of which nothing was heard yet gives way to any word. */
  private int wordsNeeded() {
    boolean silent = floor.running().map(t -> !t.audible()).orElse(true);
    return silent ? 1 : Math.max(1, floor.rule().minWords());
  }

  /** What to do with a whole utterance. */
  Verdict finished(String text, boolean uncertain) {
    boolean echo = overlapped && ears.echo(text, floor.nanos());
    boolean running = floor.running().isPresent();
    speaking = false;
    open = false;
    overlapped = false;
    if (echo) {
      echoed();
    }
    if (echo || text.isEmpty()) {
      resume();
      return Verdict.UNHEARD;
    }
    return running ? whileSpeaking(ears.meantWords(text), uncertain) : Verdict.ANSWER;
  }

  private Verdict whileSpeaking(int meant, boolean uncertain) {
    boolean bySpeech = floor.rule().mode() == InterruptionMode.SPEECH;
    if (bySpeech && !uncertain && meant >= wordsNeeded()) {
      pausedNanos = -1;
      return Verdict.CUT;
    }
    resume();
    return meant > 0 && !bySpeech ? Verdict.ANSWER : Verdict.NOTED;
  }
}
