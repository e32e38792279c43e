package dev.parley.orchestrator.conversation;

/**
 * Makes the answer.
 *
 * <p>Thread-safe. {@link #think} blocks the (virtual) thread that calls it until the answer is
 * complete; an interrupt of that thread or {@link TokenSink#cancelled()} stops it early.
 */
public interface Thinker {
  /** For receipts: {@code grounded} or the model's name. */
  String name();

  /**
   * Thinks and hands over the answer piece by piece.
   *
   * @throws dev.parley.kit.failure.Failure when no (more) answer can be had
   */
  void think(Thought thought, TokenSink sink);
}
