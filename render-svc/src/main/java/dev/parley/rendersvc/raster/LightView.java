package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;

/** The avatar seen from a light, in parallel projection. */
final class LightView {
  private static final int SOFT = 3;

  private final Avatar avatar;
  private final Light lamp;
  private final int size;
  private final float scale;
  private final float[] right;
  private final float[] up;
  private final float[] at = new float[9];

  LightView(Avatar avatar, Light lamp, int size, float reachM) {
    this.avatar = avatar;
    this.lamp = lamp;
    this.size = size;
    this.scale = size / (2 * reachM);
    float flat = (float) Math.hypot(lamp.x(), lamp.z());
    right = new float[] {lamp.z() / flat, 0, -lamp.x() / flat};
    up =
        new float[] {
          lamp.y() * right[2], lamp.z() * right[0] - lamp.x() * right[2], -lamp.y() * right[0]
        };
  }

  private void project(float x, float y, float z, int to) {
    x -= avatar.centerX();
    y -= avatar.centerY();
    z -= avatar.centerZ();
    at[to] = size / 2f + scale * (x * right[0] + y * right[1] + z * right[2]);
    at[to + 1] = size / 2f + scale * (x * up[0] + y * up[1] + z * up[2]);
    at[to + 2] = x * lamp.x() + y * lamp.y() + z * lamp.z();
  }

  /** Keeps what is nearest to the light. */
  void draw(MeshPart part, float[] nearest) {
    int[] indices = part.indices();
    float[] p = part.positions();
    for (int t = 0; t < indices.length; t += 3) {
      for (int k = 0; k < 3; k++) {
        int v = 3 * indices[t + k];
        project(p[v], p[v + 1], p[v + 2], 3 * k);
      }
      if (part.material().cutoff() < .01f || solid(part, indices, t)) {
        fill(nearest);
      }
    }
  }

  private static boolean solid(MeshPart part, int[] indices, int t) {
    float u = 0;
    float v = 0;
    for (int k = 0; k < 3; k++) {
      u += part.uvs()[2 * indices[t + k]] / 3;
      v += part.uvs()[2 * indices[t + k] + 1] / 3;
    }
    return part.material().base().sample(u, v, 2) >>> 24 > part.material().cutoff() * 255;
  }

  private void fill(float[] nearest) {
    float area = (at[6] - at[0]) * (at[4] - at[1]) - (at[3] - at[0]) * (at[7] - at[1]);
    if (area == 0) {
      return;
    }
    int x0 = Math.max(0, (int) Math.min(at[0], Math.min(at[3], at[6])));
    int x1 = Math.min(size - 1, (int) Math.max(at[0], Math.max(at[3], at[6])) + 1);
    int y0 = Math.max(0, (int) Math.min(at[1], Math.min(at[4], at[7])));
    int y1 = Math.min(size - 1, (int) Math.max(at[1], Math.max(at[4], at[7])) + 1);
    for (int y = y0; y <= y1; y++) {
      for (int x = x0; x <= x1; x++) {
        float px = x - at[0];
        float py = y - at[1];
        float b = ((at[6] - at[0]) * py - px * (at[7] - at[1])) / area;
        float c = (px * (at[4] - at[1]) - (at[3] - at[0]) * py) / area;
        if (b >= 0 && c >= 0 && b + c <= 1) {
          float near = at[2] + b * (at[5] - at[2]) + c * (at[8] - at[2]);
          nearest[y * size + x] = Math.max(nearest[y * size + x], near);
        }
      }
    }
  }

  /** The share of the soft neighbourhood of a vertex that the light reaches. */
  float lit(MeshPart part, int vertex, float off, float bias, float[] nearest) {
    float[] p = part.positions();
    float[] n = part.normals();
    int v = 3 * vertex;
    project(p[v] + off * n[v], p[v + 1] + off * n[v + 1], p[v + 2] + off * n[v + 2], 0);
    int reached = 0;
    for (int dy = -SOFT; dy <= SOFT; dy++) {
      for (int dx = -SOFT; dx <= SOFT; dx++) {
        int x = Math.clamp((int) at[0] + 2 * dx, 0, size - 1);
        int y = Math.clamp((int) at[1] + 2 * dy, 0, size - 1);
        reached += nearest[y * size + x] <= at[2] + bias ? 1 : 0;
      }
    }
    return reached / (float) ((2 * SOFT + 1) * (2 * SOFT + 1));
  }
}
