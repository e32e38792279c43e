package dev.parley.orchestrator.character;

/**
 * When speech interrupts a character.
 *
 * @param mode what may interrupt
 * @param minWords words that must be recognised, 0 to 10
 * @param minSpeechMs milliseconds of speech needed, 0 to 5000
 */
public record InterruptionRule(InterruptionMode mode, int minWords, int minSpeechMs) {

  /** By speech, after one word and 300 ms. */
  public static final InterruptionRule DEFAULTS =
      new InterruptionRule(InterruptionMode.SPEECH, 1, 300);
}
