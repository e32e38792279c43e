package dev.parley.orchestrator.conversation;

/** Takes an answer as it is thought. Called by one thread at a time. */
public interface TokenSink {
  /** The next piece of the answer, as it should stand in the text (with its blanks). */
  void token(String text);

  /** What the model read and wrote; at most once, before the end. */
  default void usage(int inputTokens, int outputTokens) {}

  /** Another thinker took over; {@code name} is who thinks now and {@code cause} says why. */
  default void fellBack(String name, String cause) {}

  /** Whether the answer is no longer wanted; a thinker returns soon after this turns true. */
  boolean cancelled();
}
