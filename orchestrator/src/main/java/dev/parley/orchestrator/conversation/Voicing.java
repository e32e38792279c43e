package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Speaks phrases one after the other on one media clock, none sooner than its time comes near: what
 * is never heard is not made, and many sessions share a voice fairly. The session's thread owns it:
 * what the speaker says comes back through the mailbox.
 */
final class Voicing {
  /** What the turn learns. Called on the session's thread. */
  interface Out {
    void words(List<Word> words, List<Viseme> visemes);

    void audio(byte[] pcm, long startUs, long durationUs, List<Viseme> visemes, List<Word> words);

    void skipped(String text, String cause);

    void voiceFailed(Failure failure);

    void voiceIdle();
  }

  /** Media that nobody hears as it is made may be made later than what somebody waits for. */
  private static final long UNHEARD_US = 6_000_000;

  private record Phrase(String text, int textStart) {}

  private final Speaker speaker;
  private final dev.parley.orchestrator.character.VoiceSettings voice;
  private final int sampleRateHz;
  private final Mailbox mailbox;
  private final Out out;
  private final ArrayDeque<Phrase> waiting = new ArrayDeque<>();
  private final List<Viseme> freshVisemes = new ArrayList<>();
  private final List<Word> freshWords = new ArrayList<>();
  private Optional<Call> call = Optional.empty();
  private boolean closed;
  private boolean speaking;
  private boolean spoken;
  private long wantedUs;
  private long offsetUs;
  private long coveredUs;
  private String voiceId = "";

  /** Voice is wanted up to {@code wantedUs} to begin with; the largest number is all of it. */
  Voicing(
      Speaker speaker,
      dev.parley.orchestrator.character.VoiceSettings voice,
      int sampleRateHz,
      Mailbox mailbox,
      long wantedUs,
      Out out) {
    this.speaker = speaker;
    this.voice = voice;
    this.sampleRateHz = sampleRateHz;
    this.mailbox = mailbox;
    this.wantedUs = wantedUs;
    this.out = out;
  }

  /** Says a phrase that stands at {@code textStart} in the reply. */
  void say(String phrase, int textStart) {
    if (!phrase.isBlank()) {
      waiting.add(new Phrase(phrase, textStart));
      next();
    }
  }

  /** Voice is wanted up to there; whether a phrase was begun for it. */
  boolean wanted(long untilUs) {
    wantedUs = Math.max(wantedUs, untilUs);
    boolean before = speaking;
    next();
    return speaking && !before;
  }

  /** Whether the speaker owes an answer. */
  boolean speaking() {
    return speaking;
  }

  boolean idle() {
    return !speaking && waiting.isEmpty();
  }

  /** Length of all audio so far. */
  long coveredUs() {
    return coveredUs;
  }

  String voiceId() {
    return voiceId;
  }

  /** Says no more. */
  void stop() {
    closed = true;
    waiting.clear();
    call.ifPresent(Call::cancel);
  }

  private void next() {
    if (speaking || closed || waiting.isEmpty() || coveredUs > wantedUs) {
      return;
    }
    Phrase phrase = waiting.remove();
    speaking = true;
    offsetUs = coveredUs;
    var request =
        new Speaker.Request(
            phrase.text(),
            voice.voiceId(),
            voice.rate(),
            voice.pitchSemitones(),
            voice.volumeDb(),
            sampleRateHz,
            neededInUs(),
            spoken);
    spoken = true;
    call = Optional.of(speaker.speak(request, new Sink(phrase.textStart())));
  }

  /** How long the loudspeaker still has something to say. */
  private long neededInUs() {
    return wantedUs == Long.MAX_VALUE
        ? UNHEARD_US
        : Math.max(0, coveredUs - (wantedUs - Playback.MADE_AHEAD_US));
  }

  private final class Sink implements Speaker.Sink {
    private final int textStart;

    Sink(int textStart) {
      this.textStart = textStart;
    }

    @Override
    public void phrase(List<Word> words, List<Viseme> visemes, Span span) {
      post(() -> took(words, visemes));
    }

    @Override
    public void audio(byte[] pcm, long startUs, long durationUs) {
      post(() -> heard(pcm, startUs + offsetUs, durationUs));
    }

    @Override
    public void skipped(String text, String cause) {
      post(() -> out.skipped(text, cause));
    }

    @Override
    public void done(long durationUs, String voice) {
      post(() -> {
        voiceId = voice;
        coveredUs = Math.max(coveredUs, offsetUs + durationUs);
        ended();
      });
    }

    @Override
    public void failed(Failure failure) {
      post(() -> {
        waiting.clear();
        out.voiceFailed(failure);
        ended();
      });
    }

    private void post(Runnable task) {
      mailbox.post(() -> {
        if (!closed) {
          task.run();
        }
      });
    }

    private void took(List<Word> words, List<Viseme> visemes) {
      List<Word> shifted = new ArrayList<>(words.size());
      for (Word w : words) {
        shifted.add(
            new Word(
                w.text(),
                w.span().shifted(offsetUs),
                w.textStart() + textStart,
                w.textEnd() + textStart,
                w.confidence()));
      }
      List<Viseme> moved = new ArrayList<>(visemes.size());
      for (Viseme v : visemes) {
        moved.add(new Viseme(v.shape(), v.span().shifted(offsetUs), v.phone()));
      }
      freshWords.addAll(shifted);
      freshVisemes.addAll(moved);
      out.words(shifted, moved);
    }

    private void heard(byte[] pcm, long startUs, long durationUs) {
      coveredUs = startUs + durationUs;
      out.audio(pcm, startUs, durationUs, List.copyOf(freshVisemes), List.copyOf(freshWords));
      freshVisemes.clear();
      freshWords.clear();
    }

    private void ended() {
      speaking = false;
      next();
      if (idle()) {
        out.voiceIdle();
      }
    }
  }
}
