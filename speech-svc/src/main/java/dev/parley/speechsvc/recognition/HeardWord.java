package dev.parley.speechsvc.recognition;

/**
 * A word and when it was heard, in microseconds of the audio given.
 *
 * @param confidence 0 to 1
 */
public record HeardWord(String text, long startUs, long endUs, double confidence) {

  private static final long WORD_US = 100_000;
  private static final long LETTER_US = 80_000;
  private static final long IDEOGRAPH_US = 250_000;

  /** Its length, or what so many letters take in speech that is not fast, if that is less. */
  long plausibleUs() {
    long ideographs = text.codePoints().filter(Character::isIdeographic).count();
    long letters = text.codePoints().count() - ideographs;
    long usual = WORD_US + LETTER_US * letters + IDEOGRAPH_US * ideographs;
    return Math.min(endUs - startUs, usual);
  }

  /** The same word on a clock that began {@code us} earlier. */
  HeardWord later(long us) {
    return new HeardWord(text, startUs + us, endUs + us, confidence);
  }
}
