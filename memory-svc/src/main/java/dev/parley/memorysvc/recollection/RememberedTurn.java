package dev.parley.memorysvc.recollection;

import java.time.Instant;

/**
 * One exchange as it is kept: heard words only.
 *
 * @param turnId the turn
 * @param sessionId the session it belongs to
 * @param characterId the character it was with
 * @param personText what the person said; empty for a greeting
 * @param characterText what the person heard of the reply; may be empty
 * @param time when
 */
public record RememberedTurn(
    String turnId,
    String sessionId,
    String characterId,
    String personText,
    String characterText,
    Instant time) {

  /** Whether neither side said anything. */
  public boolean isEmpty() {
    return personText.isBlank() && characterText.isBlank();
  }
}
