package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;

/** A lens 1.15 m in front of the face, aimed 6 cm behind its center. */
final class Camera {
  private static final float DISTANCE = 1.15f;
  private static final float BEHIND = .06f;
  private static final float RAISED = .01f;

  final float x;
  final float y;
  final float z;
  private final float focal;
  private final float middleX;
  private final float middleY;
  private final float cos;
  private final float sin;

  /** For a target of {@code width * height} samples. */
  Camera(Avatar avatar, Framing framing, int width, int height) {
    float lowered = framing == Framing.PORTRAIT ? -.012f : 0;
    x = avatar.centerX();
    y = avatar.centerY() + RAISED + lowered;
    z = avatar.centerZ() + DISTANCE - BEHIND;
    double fov = Math.toRadians(22 / framing.zoom());
    focal = (float) (Math.min(width, height) / 2.0 / Math.tan(fov / 2));
    middleX = width / 2f;
    middleY = height / 2f;
    double tilt = Math.atan2(RAISED, DISTANCE);
    cos = (float) Math.cos(tilt);
    sin = (float) Math.sin(tilt);
  }

  /** Writes sample x, sample y and distance of a point to {@code out} at {@code at}. */
  void project(float px, float py, float pz, float[] out, int at) {
    float dx = px - x;
    float dy = py - y;
    float dz = z - pz;
    float depth = dz * cos - dy * sin;
    float up = dy * cos + dz * sin;
    float scale = focal / depth;
    out[at] = middleX + dx * scale;
    out[at + 1] = middleY - up * scale;
    out[at + 2] = depth;
  }
}
