package dev.parley.rendersvc.raster;

/**
 * The samples of one row that a triangle covers, from its edge functions: long thin triangles
 * (strands of hair) cost what they cover, not their bounding box.
 */
final class RowSpan {
  private static final float EDGE = 1e-4f;

  /** First sample covered, counted from the row's start. */
  int from;

  /** Last sample covered. */
  int to;

  private float stepB;
  private float stepC;
  private float inverseB;
  private float inverseC;
  private float inverseA;

  /** Takes what the second and third weight change by from sample to sample. */
  void reset(float stepB, float stepC) {
    this.stepB = stepB;
    this.stepC = stepC;
    inverseB = 1 / stepB;
    inverseC = 1 / stepC;
    inverseA = -1 / (stepB + stepC);
  }

  /** Cuts {@code 0..last} to where all three weights are positive; false when nothing is left. */
  boolean cut(float rowB, float rowC, int last) {
    from = 0;
    to = last;
    edge(rowB + EDGE, stepB, inverseB);
    edge(rowC + EDGE, stepC, inverseC);
    edge(1 - rowB - rowC + EDGE, -(stepB + stepC), inverseA);
    return from <= to;
  }

  private void edge(float at, float step, float inverse) {
    float zero = -at * inverse;
    if (step > 0) {
      if (zero > 0) {
        from = Math.max(from, (int) (Math.min(zero, 1e6f) + .99999f));
      }
    } else if (at < 0) {
      to = -1;
    } else if (step < 0 && zero < to) {
      to = (int) zero;
    }
  }
}
