package dev.parley.rendersvc.raster;

/**
 * The rows of a triangle from top to bottom: where each begins and ends. Edges run from the upper
 * to the lower corner whichever triangle they belong to, so that neighbours meet without a gap.
 */
final class Scan {
  /** First sample of the row. */
  int from;

  /** The sample after the last of the row. */
  int to;

  private float top;
  private float longX;
  private float longSlope;
  private float upperX;
  private float upperSlope;
  private float lowerX;
  private float lowerSlope;
  private float middle;
  private float middleX;
  private boolean longIsLeft;
  private float leftX;
  private float rightX;
  private float leftStep;
  private float rightStep;

  /** Takes three corners, the first above the second above the third. */
  void set(float ax, float ay, float bx, float by, float cx, float cy) {
    top = ay;
    middle = by;
    middleX = bx;
    longX = ax;
    longSlope = (cx - ax) / (cy - ay);
    upperX = ax;
    upperSlope = (bx - ax) / (by - ay);
    lowerX = bx;
    lowerSlope = (cx - bx) / (cy - by);
    longIsLeft = ax + (by - ay) * longSlope < middleX;
  }

  /** Begins the upper half at a row. */
  void upper(int row) {
    float down = row + .5f - top;
    begin(longX + down * longSlope, upperX + down * upperSlope, upperSlope);
  }

  /** Begins the lower half at a row. */
  void lower(int row) {
    float down = row + .5f - middle;
    begin(longX + (row + .5f - top) * longSlope, lowerX + down * lowerSlope, lowerSlope);
  }

  private void begin(float alongLong, float alongShort, float slope) {
    leftX = longIsLeft ? alongLong : alongShort;
    rightX = longIsLeft ? alongShort : alongLong;
    leftStep = longIsLeft ? longSlope : slope;
    rightStep = longIsLeft ? slope : longSlope;
  }

  /** Goes to the next row of the half, within {@code left} and {@code right}. */
  void next(int left, int right) {
    from = Math.max(left, Sample.first(leftX));
    to = Math.min(right, Sample.first(rightX));
    leftX += leftStep;
    rightX += rightStep;
  }
}
