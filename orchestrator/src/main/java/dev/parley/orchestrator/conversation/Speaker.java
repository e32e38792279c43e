package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.List;

/** Makes speech. Thread-safe; does not block. */
public interface Speaker {
  /** Speaks one text; the sink hears of it on another thread, in order, one call at a time. */
  Call speak(Request request, Sink sink);

  /**
   * What to say and how.
   *
   * @param rate speed, 1 is usual
   * @param sampleRateHz of the 16-bit mono samples wanted
   */
  record Request(
      String text,
      String voiceId,
      float rate,
      float pitchSemitones,
      float volumeDb,
      int sampleRateHz) {}

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
