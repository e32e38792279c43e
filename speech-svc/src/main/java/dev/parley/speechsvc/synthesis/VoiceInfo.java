package dev.parley.speechsvc.synthesis;

/**
 * A voice that can be asked for.
 *
 * @param id stable slug
 * @param displayName for people
 * @param language BCP 47
 */
public record VoiceInfo(String id, String displayName, Gender gender, String language) {

  /** How a voice is heard by most people. */
  public enum Gender {
    FEMALE,
    MALE
  }
}
