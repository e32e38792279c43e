package dev.parley.rendersvc.face;

/**
 * One viseme on the media clock.
 *
 * @param viseme the mouth shape
 * @param startUs first microsecond, from the start of the turn
 * @param endUs end (exclusive), microseconds; not before {@code startUs}
 */
public record VisemeSpan(Viseme viseme, long startUs, long endUs) {
  public VisemeSpan {
    Spans.check("viseme", startUs, endUs);
  }
}
