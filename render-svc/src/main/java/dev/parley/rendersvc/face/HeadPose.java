package dev.parley.rendersvc.face;

/**
 * Where the head is, relative to looking straight ahead.
 *
 * @param pitchDeg degrees, positive looks down (a nod)
 * @param yawDeg degrees, positive turns to the character's left
 * @param rollDeg degrees, positive leans to the character's right shoulder (about +Z)
 * @param xM metres to the character's left
 * @param yM metres up
 * @param zM metres towards the viewer
 */
public record HeadPose(float pitchDeg, float yawDeg, float rollDeg, float xM, float yM, float zM) {
  /** Straight ahead. */
  public static final HeadPose REST = new HeadPose(0, 0, 0, 0, 0, 0);

  HeadPose plus(HeadPose other, float scale) {
    return new HeadPose(
        pitchDeg + other.pitchDeg * scale,
        yawDeg + other.yawDeg * scale,
        rollDeg + other.rollDeg * scale,
        xM + other.xM * scale,
        yM + other.yM * scale,
        zM + other.zM * scale);
  }
}
