package dev.parley.orchestrator.conversation;

/** A half-open span on one media clock, in microseconds. */
public record Span(long startUs, long endUs) {
  /** How long it is. */
  public long lengthUs() {
    return endUs - startUs;
  }

  /** The same span on a clock that began {@code offsetUs} earlier. */
  public Span shifted(long offsetUs) {
    return new Span(startUs + offsetUs, endUs + offsetUs);
  }
}
