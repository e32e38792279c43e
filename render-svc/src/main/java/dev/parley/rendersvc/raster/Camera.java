package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;

/** The page's lens: 1.15 m in front of the face, aimed 6 cm behind its center. */
final class Camera {
  private static final float DISTANCE = 1.15f;
  private static final float BEHIND = .06f;
  private static final float RAISED = .012f;

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
    float half = Math.max(framing.up(), framing.side() * height / width);
    x = avatar.centerX();
    y = avatar.centerY() + framing.lift() - (half - framing.up()) * .35f + RAISED;
    z = avatar.centerZ() + DISTANCE - BEHIND;
    focal = height / 2f * DISTANCE / half;
    middleX = width / 2f;
    middleY = height / 2f;
    double tilt = Math.atan2(RAISED, DISTANCE);
    cos = (float) Math.cos(tilt);
    sin = (float) Math.sin(tilt);
  }

  /** Writes sample x, sample y and distance of each point to {@code out}, three a point. */
  void project(float[] px, float[] py, float[] pz, float[] out) {
    for (int v = 0, at = 0; v < px.length; v++, at += 3) {
      float dx = px[v] - x;
      float dy = py[v] - y;
      float dz = z - pz[v];
      float depth = dz * cos - dy * sin;
      float scale = focal / depth;
      out[at] = middleX + dx * scale;
      out[at + 1] = middleY - (dy * cos + dz * sin) * scale;
      out[at + 2] = depth;
    }
  }

  /** Where the ray through sample x is at a distance, metres from the middle of the body. */
  float worldX(float sampleX, float distance) {
    return x + (sampleX - middleX) * distance / focal;
  }

  /** How high the ray through sample y is at a distance, metres. */
  float worldY(float sampleY, float distance) {
    float up = (middleY - sampleY) * distance / focal;
    return y + up * cos - distance * sin;
  }
}
