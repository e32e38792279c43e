package dev.parley.rendersvc.face;

/** Keeps every weight but the lids' from moving faster than a face can: 8.7 a second. */
final class Slew {
  private static final float MOST_A_SECOND = 8.7f;
  private static final int LEFT_LID = Blendshapes.index("eyeBlinkLeft");
  private static final int RIGHT_LID = Blendshapes.index("eyeBlinkRight");

  private final float[] last = new float[Blendshapes.COUNT];
  private final float most;
  private boolean begun;

  Slew(int fps) {
    most = MOST_A_SECOND / fps;
  }

  /** Holds {@code weights} within reach of the frame before; the first frame is taken as it is. */
  void limit(float[] weights) {
    for (int i = 0; begun && i < weights.length; i++) {
      if (i != LEFT_LID && i != RIGHT_LID) {
        weights[i] = Math.clamp(weights[i], last[i] - most, last[i] + most);
      }
    }
    begun = true;
    System.arraycopy(weights, 0, last, 0, last.length);
  }
}
