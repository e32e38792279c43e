package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.face.HeadPose;

/**
 * Bends the head over the neck as the page's vertex shader does: every vertex follows the head's
 * turn by a weight that falls from 1 at the chin to 0 at the collar, so that the neck twists and
 * the shoulders stay. Within the neck the turned place is mixed with the resting one; at 12 degrees
 * that differs by a quarter of a millimetre from turning by a part of the angle.
 */
final class HeadRig {
  private static final float EYES_UP = .035f;
  private static final float NECK_LOW = EYES_UP - .19f;
  private static final float NECK_HIGH = EYES_UP - .115f;
  private static final float PIVOT_DOWN = EYES_UP - .1f;
  private static final float PIVOT_BACK = -.1f;

  private final float pivotY;
  private final float pivotZ;
  private final float[] m = new float[9];
  private float moveX;
  private float moveY;
  private float moveZ;

  HeadRig(Avatar avatar) {
    pivotY = avatar.centerY() + PIVOT_DOWN;
    pivotZ = avatar.centerZ() + PIVOT_BACK;
  }

  /** How much each vertex of a part follows, 0 to 1. */
  static float[] weights(Avatar avatar, MeshPart part) {
    float[] weights = new float[part.vertexCount()];
    if (part.name().equals("cloth")) {
      return weights;
    }
    for (int v = 0; v < weights.length; v++) {
      float up = part.positions()[3 * v + 1] - avatar.centerY();
      float t = Math.clamp((up - NECK_LOW) / (NECK_HIGH - NECK_LOW), 0f, 1f);
      weights[v] = t * t * (3 - 2 * t);
    }
    return weights;
  }

  /** Rolls, then pitches, then yaws. */
  void pose(HeadPose pose) {
    double x = Math.toRadians(pose.pitchDeg());
    double y = Math.toRadians(pose.yawDeg());
    double z = Math.toRadians(pose.rollDeg());
    double sx = Math.sin(x), cx = Math.cos(x);
    double sy = Math.sin(y), cy = Math.cos(y);
    double sz = Math.sin(z), cz = Math.cos(z);
    double[] r = {
      cy * cz + sy * sx * sz,
      -cy * sz + sy * sx * cz,
      sy * cx,
      cx * sz,
      cx * cz,
      -sx,
      -sy * cz + cy * sx * sz,
      sy * sz + cy * sx * cz,
      cy * cx
    };
    for (int i = 0; i < 9; i++) {
      m[i] = (float) r[i];
    }
    moveX = pose.xM();
    moveY = pose.yM();
    moveZ = pose.zM();
  }

  /** Moves points in place. */
  void move(float[] px, float[] py, float[] pz, float[] weight) {
    for (int v = 0; v < px.length; v++) {
      float x = px[v];
      float y = py[v] - pivotY;
      float z = pz[v] - pivotZ;
      float w = weight[v];
      px[v] += w * (m[0] * x + m[1] * y + m[2] * z - x + moveX);
      py[v] += w * (m[3] * x + m[4] * y + m[5] * z - y + moveY);
      pz[v] += w * (m[6] * x + m[7] * y + m[8] * z - z + moveZ);
    }
  }

  /** Turns directions in place. */
  void turn(float[] nx, float[] ny, float[] nz, float[] weight) {
    for (int v = 0; v < nx.length; v++) {
      float x = nx[v];
      float y = ny[v];
      float z = nz[v];
      float w = weight[v];
      nx[v] += w * (m[0] * x + m[1] * y + m[2] * z - x);
      ny[v] += w * (m[3] * x + m[4] * y + m[5] * z - y);
      nz[v] += w * (m[6] * x + m[7] * y + m[8] * z - z);
    }
  }
}
