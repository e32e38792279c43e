package dev.parley.orchestrator.character;

/**
 * How a character sounds.
 *
 * @param voiceId a voice of the speech service; empty takes its first
 * @param rate speed, 0.5 to 2
 * @param pitchSemitones -12 to 12
 * @param volumeDb loudness in decibels, -20 to 12
 */
public record VoiceSettings(String voiceId, float rate, float pitchSemitones, float volumeDb) {

  /** The server's first voice, unchanged. */
  public static final VoiceSettings DEFAULTS = new VoiceSettings("", 1, 0, 0);
}
