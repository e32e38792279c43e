package dev.parley.speechsvc.recognition;

/** Turns speech into words. Safe for many threads; each utterance belongs to one thread. */
public interface Recognizer {

  /** The rate of all audio given to a recogniser, in hertz. */
  int RATE_HZ = 16_000;

  /** A short name, for receipts. */
  String engine();

  /**
   * Begins an utterance; may wait for an engine to be free.
   *
   * @param language BCP 47, empty for the default
   * @param microphone what was learnt in the utterances before on the same stream
   * @throws dev.parley.kit.failure.Failure when no engine becomes free, or the language is not
   *     known
   */
  Utterance begin(String language, Adaptation microphone);

  /** One utterance on its way. Close it in any case. */
  interface Utterance extends AutoCloseable {

    /** Which engine it was, for receipts; after {@link #finish} the one whose words they are. */
    String engine();

    /** Takes samples at {@link #RATE_HZ} and gives what is believed so far. */
    Hypothesis accept(short[] samples);

    /** The utterance is over: the best hypothesis for all of it. Once, and nothing after it. */
    Hypothesis finish();

    /** Gives the engine back; without {@link #finish} the utterance is dropped. */
    @Override
    void close();
  }
}
