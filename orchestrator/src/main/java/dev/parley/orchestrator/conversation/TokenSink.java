package dev.parley.orchestrator.conversation;

/** Takes an answer as it is thought. Called by one thread at a time. */
public interface TokenSink {
  /** The next piece of the answer, as it should stand in the text (with its blanks). */
  void token(String text);

  /**
   * The sentence that was handed over last, or is being handed over, comes from that source of the
   * thought.
   *
   * @param number from 1, as in {@link Thought#sources()}
   * @param quote the sentence of the source where it is quoted word for word, else empty
   */
  default void cites(int number, String quote) {}

  /** What the model read and wrote; at most once, before the end. */
  default void usage(int inputTokens, int outputTokens) {}

  /** Another thinker took over; {@code name} is who thinks now and {@code cause} says why. */
  default void fellBack(String name, String cause) {}

  /** Whether the answer is no longer wanted; a thinker returns soon after this turns true. */
  boolean cancelled();
}
