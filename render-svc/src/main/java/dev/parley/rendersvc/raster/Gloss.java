package dev.parley.rendersvc.raster;

/** The lamps' mirror images on a smooth, wet surface, the eyes: by pixel, as they are small. */
final class Gloss {
  /** Surfaces smoother than this are handled here. */
  static final float SMOOTH = .2f;

  private static final float F0 = .04f;

  private final Camera camera;
  private final float[] weight = new float[3];
  private final float[] n = new float[3];
  private final float[] e = new float[3];

  Gloss(Camera camera) {
    this.camera = camera;
  }

  /** What a triangle mirrors of the lamps at a sample. */
  float at(Body body, int triangle, float x, float y) {
    weigh(body, triangle, x, y);
    n[0] = mixed(body.nx, body, triangle);
    n[1] = mixed(body.ny, body, triangle);
    n[2] = mixed(body.nz, body, triangle);
    e[0] = camera.x - mixed(body.px, body, triangle);
    e[1] = camera.y - mixed(body.py, body, triangle);
    e[2] = camera.z - mixed(body.pz, body, triangle);
    unit(n);
    unit(e);
    float alpha = body.skin.roughness() * body.skin.roughness();
    float sum = 0;
    for (int i = 0; i < 2; i++) {
      sum += mirrored(Light.STUDIO[i], alpha);
    }
    return Math.min(sum, 2);
  }

  private void weigh(Body body, int triangle, float x, float y) {
    int[] indices = body.part.indices();
    float[] s = body.screen;
    int a = 3 * indices[3 * triangle];
    int b = 3 * indices[3 * triangle + 1];
    int c = 3 * indices[3 * triangle + 2];
    float bx = s[b] - s[a], by = s[b + 1] - s[a + 1];
    float cx = s[c] - s[a], cy = s[c + 1] - s[a + 1];
    float px = x - s[a], py = y - s[a + 1];
    float area = cx * by - bx * cy;
    weight[1] = Math.clamp((cx * py - px * cy) / area, 0f, 1f);
    weight[2] = Math.clamp((px * by - bx * py) / area, 0f, 1f);
    weight[0] = 1 - weight[1] - weight[2];
  }

  private float mixed(float[] values, Body body, int triangle) {
    int[] i = body.part.indices();
    return weight[0] * values[i[3 * triangle]]
        + weight[1] * values[i[3 * triangle + 1]]
        + weight[2] * values[i[3 * triangle + 2]];
  }

  private static void unit(float[] v) {
    float length = 1 / (float) Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2] + 1e-12f);
    v[0] *= length;
    v[1] *= length;
    v[2] *= length;
  }

  /** GGX with Schlick's Fresnel; the light carries 1/pi. */
  private float mirrored(Light lamp, float alpha) {
    float slope = n[0] * lamp.x() + n[1] * lamp.y() + n[2] * lamp.z();
    if (slope <= 0) {
      return 0;
    }
    float hx = e[0] + lamp.x(), hy = e[1] + lamp.y(), hz = e[2] + lamp.z();
    float length = 1 / (float) Math.sqrt(hx * hx + hy * hy + hz * hz);
    float nh = (n[0] * hx + n[1] * hy + n[2] * hz) * length;
    float away = 1 - (lamp.x() * hx + lamp.y() * hy + lamp.z() * hz) * length;
    float facing = Math.max(.05f, n[0] * e[0] + n[1] * e[1] + n[2] * e[2]);
    float a2 = alpha * alpha;
    float d = nh * nh * (a2 - 1) + 1;
    float fresnel = F0 + (1 - F0) * away * away * away * away * away;
    return lamp.g() * a2 / (d * d) * fresnel / (4 * facing);
  }
}
