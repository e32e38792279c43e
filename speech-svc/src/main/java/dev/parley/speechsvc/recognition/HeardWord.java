package dev.parley.speechsvc.recognition;

/**
 * A word and when it was heard, in microseconds of the audio given.
 *
 * @param confidence 0 to 1
 */
public record HeardWord(String text, long startUs, long endUs, double confidence) {

  private static final long SLOW_WORD_US = 200_000;
  private static final long SLOW_LETTER_US = 100_000;
  private static final long SLOW_IDEOGRAPH_US = 300_000;

  /** Its length, or what so many letters take of somebody who speaks slowly, if that is less. */
  long plausibleUs() {
    long ideographs = text.codePoints().filter(Character::isIdeographic).count();
    long letters = text.codePoints().count() - ideographs;
    long slow = SLOW_WORD_US + SLOW_LETTER_US * letters + SLOW_IDEOGRAPH_US * ideographs;
    return Math.min(endUs - startUs, slow);
  }

  /** The same word on a clock that began {@code us} earlier. */
  HeardWord later(long us) {
    return new HeardWord(text, startUs + us, endUs + us, confidence);
  }
}
