package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Speaks phrases one after the other on one media clock, none sooner than its time comes near: what
 * is never heard is not made, and many sessions share a voice fairly. A voice that is lost in the
 * middle of a phrase is asked again and goes on where it stopped. The session's thread owns it:
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

  private static final int MOST_TRIES = 4;
  private static final long PAUSE = Duration.ofMillis(100).toNanos();

  private final Speaker speaker;
  private final dev.parley.orchestrator.character.VoiceSettings voice;
  private final int sampleRateHz;
  private final Mailbox mailbox;
  private final LongSupplier nanos;
  private final Out out;
  private final ArrayDeque<Phrase> waiting = new ArrayDeque<>();
  private final List<Viseme> freshVisemes = new ArrayList<>();
  private final List<Word> freshWords = new ArrayList<>();
  private Optional<Call> call = Optional.empty();
  private Optional<Word> lastWord = Optional.empty();
  private Optional<Phrase> lost = Optional.empty();
  private long lostUntil;
  private boolean closed;
  private boolean speaking;
  private boolean spoken;
  private long wantedUs;
  private long coveredUs;
  private long shapedUs;
  private String voiceId = "";

  /** Voice is wanted up to {@code wantedUs} to begin with; the largest number is all of it. */
  Voicing(
      Speaker speaker,
      dev.parley.orchestrator.character.VoiceSettings voice,
      int sampleRateHz,
      Mailbox mailbox,
      LongSupplier nanos,
      long wantedUs,
      Out out) {
    this.speaker = speaker;
    this.voice = voice;
    this.sampleRateHz = sampleRateHz;
    this.mailbox = mailbox;
    this.nanos = nanos;
    this.wantedUs = wantedUs;
    this.out = out;
  }

  /** Goes on where another process stopped: voice was heard to there, and these words. */
  void goOn(long voicedUs, List<Word> words) {
    coveredUs = voicedUs;
    lastWord = words.isEmpty() ? Optional.empty() : Optional.of(words.getLast());
    spoken = voicedUs > 0;
  }

  /** Says a phrase that stands at {@code textStart} in the reply. */
  void say(String phrase, int textStart) {
    if (!phrase.isBlank()) {
      Phrase.after(lastWord, coveredUs, phrase, textStart).ifPresent(waiting::add);
      next();
    }
  }

  /** Voice is wanted up to there; whether a phrase was begun for it. */
  boolean wanted(long untilUs) {
    wantedUs = Math.max(wantedUs, untilUs);
    boolean before = speaking;
    next();
    askAgain();
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
    if (!speaking && !closed && !waiting.isEmpty() && coveredUs <= wantedUs) {
      speaking = true;
      speak(waiting.remove());
    }
  }

  private void askAgain() {
    if (lost.isPresent() && !closed && nanos.getAsLong() >= lostUntil) {
      Phrase phrase = lost.get();
      lost = Optional.empty();
      speak(phrase);
    }
  }

  private void speak(Phrase phrase) {
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
    call =
        Optional.of(
            speaker.speak(request, new Sink(phrase, phrase.clock(coveredUs, sampleRateHz))));
  }

  /** How long the loudspeaker still has something to say. */
  private long neededInUs() {
    return wantedUs == Long.MAX_VALUE
        ? UNHEARD_US
        : Math.max(0, coveredUs - (wantedUs - Playback.MADE_AHEAD_US));
  }

  private final class Sink implements Speaker.Sink {
    private final Phrase phrase;
    private final PhraseClock clock;
    private final long beganUs = coveredUs;
    private final List<Word> told = new ArrayList<>();

    Sink(Phrase phrase, PhraseClock clock) {
      this.phrase = phrase;
      this.clock = clock;
    }

    @Override
    public void phrase(List<Word> words, List<Viseme> visemes, Span span) {
      post(() -> {
        List<Word> fresh = clock.words(words);
        List<Viseme> shapes = notShaped(clock.visemes(visemes));
        told.addAll(fresh);
        freshWords.addAll(fresh);
        freshVisemes.addAll(shapes);
        out.words(fresh, shapes);
      });
    }

    /** Without what the face was told before the voice was lost. */
    private List<Viseme> notShaped(List<Viseme> visemes) {
      List<Viseme> fresh = new ArrayList<>(visemes.size());
      for (Viseme it : visemes) {
        if (it.span().endUs() > shapedUs) {
          long from = Math.max(shapedUs, it.span().startUs());
          fresh.add(new Viseme(it.shape(), new Span(from, it.span().endUs()), it.phone()));
          shapedUs = it.span().endUs();
        }
      }
      return fresh;
    }

    @Override
    public void audio(byte[] pcm, long startUs, long durationUs) {
      post(() -> clock.audio(pcm, startUs).ifPresent(this::heard));
    }

    private void heard(PhraseClock.Piece piece) {
      long us = piece.pcm().length * 500_000L / sampleRateHz;
      coveredUs = piece.startUs() + us;
      List<Viseme> visemes = List.copyOf(freshVisemes);
      List<Word> words = List.copyOf(freshWords);
      freshVisemes.clear();
      freshWords.clear();
      out.audio(piece.pcm(), piece.startUs(), us, visemes, words);
    }

    @Override
    public void skipped(String text, String cause) {
      post(() -> out.skipped(text, cause));
    }

    @Override
    public void done(long durationUs, String name) {
      post(() -> {
        voiceId = name;
        coveredUs = Math.max(coveredUs, clock.endUs(durationUs));
        ended();
      });
    }

    @Override
    public void failed(Failure failure) {
      post(() -> {
        if (phrase.tries() < MOST_TRIES && failure.code() == Failure.Code.UNAVAILABLE) {
          again();
        } else {
          waiting.clear();
          out.voiceFailed(failure);
          ended();
        }
      });
    }

    /** At once for the first time, since another process may be there; then after pauses. */
    private void again() {
      Phrase rest = phrase.rest(told, beganUs, coveredUs);
      long most = PAUSE << rest.tries();
      long pause = rest.tries() == 1 ? 0 : ThreadLocalRandom.current().nextLong(most / 2, most);
      lost = Optional.of(rest);
      lostUntil = nanos.getAsLong() + pause;
      askAgain();
    }

    private void post(Runnable task) {
      mailbox.post(() -> {
        if (!closed) {
          task.run();
        }
      });
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
