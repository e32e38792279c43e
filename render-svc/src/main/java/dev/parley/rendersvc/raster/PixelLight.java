package dev.parley.rendersvc.raster;

/** The colour of a surface at a point of the screen. */
final class PixelLight {
  private static final float EYE_ALPHA = .012f;

  private final Camera camera;
  private float wa;
  private float wb;
  private float wc;
  private float area;

  PixelLight(Camera camera) {
    this.camera = camera;
  }

  /** Shades an opaque triangle; the point may lie a little outside it. */
  void shade(Body body, int triangle, float x, float y, float[] rgb) {
    weigh(body, triangle, x, y);
    wb = Math.clamp(wb, -.5f, 1.5f);
    wc = Math.clamp(wc, -.5f, 1.5f);
    wa = 1 - wb - wc;
    colour(body, triangle, texel(body, triangle), rgb);
    if (body.glossy) {
      gloss(body, triangle, rgb);
    }
  }

  /** Shades a blended triangle; returns its coverage there, 0 where it is not or is hidden. */
  float blend(Body body, int triangle, float x, float y, float before, float[] rgb) {
    weigh(body, triangle, x, y);
    if (area == 0 || wa < 0 || wb < 0 || wc < 0) {
      return 0;
    }
    int[] indices = body.part.indices();
    float[] s = body.screen;
    float z =
        wa * s[3 * indices[3 * triangle] + 2]
            + wb * s[3 * indices[3 * triangle + 1] + 2]
            + wc * s[3 * indices[3 * triangle + 2] + 2];
    if (z >= before) {
      return 0;
    }
    int argb = texel(body, triangle);
    if (argb >>> 24 == 0) {
      return 0;
    }
    colour(body, triangle, argb, rgb);
    return (argb >>> 24) / 255f;
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
    area = cx * by - bx * cy;
    float inverse = area == 0 ? 0 : 1 / area;
    wb = (cx * py - px * cy) * inverse;
    wc = (px * by - bx * py) * inverse;
    wa = 1 - wb - wc;
  }

  private int texel(Body body, int triangle) {
    int[] indices = body.part.indices();
    float[] uv = body.part.uvs();
    int a = 2 * indices[3 * triangle];
    int b = 2 * indices[3 * triangle + 1];
    int c = 2 * indices[3 * triangle + 2];
    float u = wa * uv[a] + wb * uv[b] + wc * uv[c];
    float v = wa * uv[a + 1] + wb * uv[b + 1] + wc * uv[c + 1];
    return body.texture.base.sample(u, v, body.texture.level(triangle, Math.abs(area) / 4));
  }

  private void colour(Body body, int triangle, int argb, float[] rgb) {
    int[] indices = body.part.indices();
    float[] light = body.light;
    int a = 6 * indices[3 * triangle];
    int b = 6 * indices[3 * triangle + 1];
    int c = 6 * indices[3 * triangle + 2];
    for (int k = 0; k < 3; k++) {
      float diffuse = wa * light[a + k] + wb * light[b + k] + wc * light[c + k];
      float shine = wa * light[a + 3 + k] + wb * light[b + 3 + k] + wc * light[c + 3 + k];
      rgb[k] = Math.max(0, Tone.linear(argb >> (16 - 8 * k) & 255) * diffuse + shine);
    }
  }

  /** Catchlights of the wet eye, by pixel. */
  private void gloss(Body body, int triangle, float[] rgb) {
    float nx = mixed(body.normals, body, triangle, 0);
    float ny = mixed(body.normals, body, triangle, 1);
    float nz = mixed(body.normals, body, triangle, 2);
    float ex = camera.x - mixed(body.positions, body, triangle, 0);
    float ey = camera.y - mixed(body.positions, body, triangle, 1);
    float ez = camera.z - mixed(body.positions, body, triangle, 2);
    float n = 1 / (float) Math.sqrt(nx * nx + ny * ny + nz * nz);
    float e = 1 / (float) Math.sqrt(ex * ex + ey * ey + ez * ez);
    float facing = (nx * ex + ny * ey + nz * ez) * n * e;
    for (int i = 0; i < 2; i++) {
      Light lamp = Light.STUDIO[i];
      float slope = (nx * lamp.x() + ny * lamp.y() + nz * lamp.z()) * n;
      if (slope > 0) {
        float shine =
            VertexLight.reflected(
                lamp, slope, nx * n, ny * n, nz * n, ex * e, ey * e, ez * e, facing, EYE_ALPHA, .04f);
        rgb[0] += Math.min(2, shine * lamp.r());
        rgb[1] += Math.min(2, shine * lamp.g());
        rgb[2] += Math.min(2, shine * lamp.b());
      }
    }
  }

  private float mixed(float[] values, Body body, int triangle, int k) {
    int[] indices = body.part.indices();
    return wa * values[3 * indices[3 * triangle] + k]
        + wb * values[3 * indices[3 * triangle + 1] + k]
        + wc * values[3 * indices[3 * triangle + 2] + k];
  }
}
