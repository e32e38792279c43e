package dev.parley.speechsvc.recognition;

/**
 * A word and when it was heard, in microseconds of the audio given.
 *
 * @param confidence 0 to 1
 */
public record HeardWord(String text, long startUs, long endUs, double confidence) {

  /** The same word on a clock that began {@code us} earlier. */
  HeardWord later(long us) {
    return new HeardWord(text, startUs + us, endUs + us, confidence);
  }
}
