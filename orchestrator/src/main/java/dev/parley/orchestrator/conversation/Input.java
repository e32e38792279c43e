package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;

/**
 * Something the person does.
 *
 * @param clientSeq rises per client; the same number twice is taken once; 0 is not counted
 */
public record Input(long clientSeq, Act act) {
  /** What it is. */
  public sealed interface Act {
    /** Audio in the session's format; the array is the session's from now on. */
    record Audio(byte[] data) implements Act {}

    /** Typed text. */
    record Text(String text) implements Act {}

    /** The utterance is over. */
    record EndOfInput() implements Act {}

    /** Stop talking; an empty turn means the running one, a negative time the last ack. */
    record Interrupt(String turnId, long heardUs) implements Act {}

    /** So much of a turn was played. */
    record Played(String turnId, long playedUs) implements Act {}

    /** Are you there? */
    record Ping() implements Act {}

    /** Ends the session for everybody. */
    record End() implements Act {}

    /** Something that cannot be used; said to everybody as a problem. */
    record Unusable(Failure failure) implements Act {}
  }
}
