package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.util.List;

/** Recognises speech. Thread-safe. */
public interface Listener {
  /** Listens to a stream; does not block. The sink hears of it on another thread, in order. */
  Ear listen(Request request, Sink sink);

  /** Recognises a whole file; blocks. Fails with AUDIO_UNREADABLE, RECOGNITION_FAILED. */
  Utterance recognize(byte[] audio, Request request);

  /** What audio bytes are. */
  enum Encoding {
    PCM,
    OPUS,
    WAV,
    MP3,
    OGG_OPUS,
    CONTAINER
  }

  /**
   * What will be heard.
   *
   * @param owner whose conversation it is
   */
  record Request(Owner owner, Encoding encoding, int sampleRateHz, String language) {}

  /**
   * What was said.
   *
   * @param stability how likely the text stays, 0 to 1
   * @param confidence how sure the recogniser is, 0 to 1
   * @param words on the clock of the samples given
   * @param decidedUs where on that clock its end was decided; 0 while it is open
   */
  record Utterance(
      String text,
      float stability,
      float confidence,
      List<Word> words,
      Span span,
      long decidedUs,
      String engine) {
    /** One whose end is not decided, or was by nobody who listened. */
    public Utterance(
        String text,
        float stability,
        float confidence,
        List<Word> words,
        Span span,
        String engine) {
      this(text, stability, confidence, words, span, 0, engine);
    }
  }

  /** An open ear. One thread at a time. */
  interface Ear extends Call {
    /** Audio in the encoding of the request; the array is the ear's from now on. */
    void audio(byte[] data);

    /** The utterance is over now; its final follows. */
    void endUtterance();

    /** What the character is saying, so that its echo is not taken for the person. */
    void echoHint(String text);

    /** No more audio. */
    void close();
  }

  /** Takes what was heard; times in microseconds of samples given. */
  interface Sink {
    void speechStarted(long inputTimeUs);

    void speechStopped(long inputTimeUs);

    void partial(Utterance utterance);

    /** The utterance as it is; empty text when it was no speech. */
    void finalUtterance(Utterance utterance);

    void failed(Failure failure);
  }
}
