package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.face.HeadPose;

/**
 * Bends the head over the neck: every vertex follows the head's turn by a weight that falls from 1
 * at the chin to 0 at the collar, so that the neck twists and the shoulders stay.
 */
final class HeadRig {
  private static final float DOWN = -.055f;
  private static final float BACK = -.085f;

  private final float pivotX;
  private final float pivotY;
  private final float pivotZ;
  private final float[] m = new float[9];
  private float moveX;
  private float moveY;
  private float moveZ;

  HeadRig(Avatar avatar) {
    pivotX = avatar.centerX();
    pivotY = avatar.centerY() + DOWN;
    pivotZ = avatar.centerZ() + BACK;
  }

  /** How much each vertex of a part follows. */
  static float[] weights(Avatar avatar, MeshPart part) {
    float[] weights = new float[part.vertexCount()];
    if (part.name().equals("cloth")) {
      return weights;
    }
    float[] p = part.positions();
    for (int v = 0; v < weights.length; v++) {
      float up = p[3 * v + 1] - avatar.centerY();
      float forward = Math.max(0, p[3 * v + 2] - avatar.centerZ() + .07f);
      float t = Math.clamp((up + .9f * forward + .145f) / .085f, 0f, 1f);
      weights[v] = t * t * (3 - 2 * t);
    }
    return weights;
  }

  void pose(HeadPose pose) {
    double a = Math.toRadians(pose.pitchDeg());
    double b = Math.toRadians(pose.yawDeg());
    double c = Math.toRadians(pose.rollDeg());
    double sa = Math.sin(a), ca = Math.cos(a);
    double sb = Math.sin(b), cb = Math.cos(b);
    double sc = Math.sin(c), cc = Math.cos(c);
    double[] r = {
      cb * cc, -cb * sc, sb,
      ca * sc + sa * sb * cc, ca * cc - sa * sb * sc, -sa * cb,
      sa * sc - ca * sb * cc, sa * cc + ca * sb * sc, ca * cb
    };
    for (int i = 0; i < 9; i++) {
      m[i] = (float) r[i];
    }
    moveX = pose.xM();
    moveY = pose.yM();
    moveZ = pose.zM();
  }

  /** Moves a position in place. */
  void move(float[] p, int at, float weight) {
    float x = p[at] - pivotX;
    float y = p[at + 1] - pivotY;
    float z = p[at + 2] - pivotZ;
    p[at] += weight * (m[0] * x + m[1] * y + m[2] * z - x + moveX);
    p[at + 1] += weight * (m[3] * x + m[4] * y + m[5] * z - y + moveY);
    p[at + 2] += weight * (m[6] * x + m[7] * y + m[8] * z - z + moveZ);
  }

  /** Turns a normal in place. */
  void turn(float[] n, int at, float weight) {
    float x = n[at];
    float y = n[at + 1];
    float z = n[at + 2];
    n[at] += weight * (m[0] * x + m[1] * y + m[2] * z - x);
    n[at + 1] += weight * (m[3] * x + m[4] * y + m[5] * z - y);
    n[at + 2] += weight * (m[6] * x + m[7] * y + m[8] * z - z);
  }
}
