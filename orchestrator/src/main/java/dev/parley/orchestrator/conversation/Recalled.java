package dev.parley.orchestrator.conversation;

import java.time.Instant;

/**
 * A memory that fits.
 *
 * @param kind what it is
 * @param personText what the person said; a fact or a summary stands here too
 * @param characterText what they heard of the answer; empty of a fact or a summary
 * @param score cosine of the angle between the two meanings, -1 to 1
 */
public record Recalled(
    String memoryId, Kind kind, String personText, String characterText, float score, Instant time)
    implements Source {
  /** What a memory is. */
  public enum Kind {
    /** An earlier turn in the words of both. */
    TURN,
    /** A fact about the person. */
    FACT,
    /** What an earlier session was about. */
    SUMMARY
  }
}
