package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.List;

/** Makes speech. Thread-safe; does not block. */
public interface Speaker {
  /** Speaks one text; the sink hears of it on another thread, in order, one call at a time. */
  Call speak(Request request, Sink sink);

  /**
   * Begins to pack a voice as Opus; the sink hears of it on another thread, in order. Fails as
   * unavailable where the speaker cannot.
   */
  default Packing pack(int sampleRateHz, PackingSink sink) {
    throw Failure.of(Failure.Code.UNAVAILABLE, "SPEECH_FAILED", "this voice has no Opus");
  }

  /** A voice being packed. One thread at a time. */
  interface Packing extends Call {
    /** Signed 16-bit little-endian mono that follows; nobody changes the array. */
    void samples(byte[] pcm);

    /** No more samples. */
    void end();
  }

  /** Takes packets on a clock that begins at 0 with the first sample. */
  interface PackingSink {
    /** One packet; the array is the sink's from now on. */
    void packet(byte[] data, long startUs, long durationUs);

    /** All is packed; last call. */
    void done();

    /** It failed; last call. */
    void failed(Failure failure);
  }

  /**
   * What to say and how.
   *
   * @param rate speed, 1 is usual
   * @param sampleRateHz of the 16-bit mono samples wanted
   * @param neededInUs how soon the first sound is wanted; what is wanted sooner is made first
   * @param continues whether it goes on from something spoken before; the first phrase of a turn is
   *     refused as OVERLOADED where it would come much too late
   */
  record Request(
      String text,
      String voiceId,
      float rate,
      float pitchSemitones,
      float volumeDb,
      int sampleRateHz,
      long neededInUs,
      boolean continues) {}

  /** Takes speech on a clock that begins at 0 with the first sample of this call. */
  interface Sink {
    /** Words and mouth shapes of the audio that follows. */
    void phrase(List<Word> words, List<Viseme> visemes, Span span);

    /** Signed 16-bit little-endian mono; the array is the sink's from now on. */
    void audio(byte[] pcm, long startUs, long durationUs);

    /** Text that cannot be said. */
    void skipped(String text, String cause);

    /** All is said; last call. */
    void done(long durationUs, String voiceId);

    /** It failed; last call. */
    void failed(Failure failure);
  }
}
