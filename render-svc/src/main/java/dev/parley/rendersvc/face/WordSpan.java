package dev.parley.rendersvc.face;

/**
 * One spoken word on the media clock.
 *
 * @param text the word as written, punctuation included where there is any
 * @param startUs first microsecond, from the start of the turn
 * @param endUs end (exclusive), microseconds; not before {@code startUs}
 */
public record WordSpan(String text, long startUs, long endUs) {
  public WordSpan {
    Spans.check("word", startUs, endUs);
  }
}
