package dev.parley.speechsvc.synthesis;

/**
 * A part of the text that was not spoken.
 *
 * @param start first UTF-16 unit in the whole text, inclusive
 * @param end last UTF-16 unit, exclusive
 * @param reason why it was left out
 */
public record Skipped(int start, int end, Reason reason) {

  /** Why a part is not spoken. */
  public enum Reason {
    /** A tag such as {@code <break/>}: tags are never read aloud. */
    MARKUP,
    /** Emoji, or a script this voice has no sounds for. */
    UNSPEAKABLE,
    /** Beyond what one word may hold. */
    TOO_LONG
  }
}
