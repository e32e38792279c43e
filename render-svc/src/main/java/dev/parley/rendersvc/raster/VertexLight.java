package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Material;

/**
 * Light at the vertices: key, fill and two rims, a sky over a floor, wrap-around diffuse with a
 * red terminator on skin, and GGX reflection. The meshes are dense enough (one to two pixels a
 * triangle on the face) that light at vertices is light at pixels; only eyes are lit by pixel.
 */
final class VertexLight {
  private static final float[] SKY = {.60f, .585f, .56f};
  private static final float[] FLOOR = {.37f, .35f, .34f};
  private static final float[] SKIN_WRAP = {.32f, .14f, .09f};
  private static final float[] NO_WRAP = {0, 0, 0};
  private static final float INSIDE_AMBIENT = .55f;

  private final Camera camera;
  private final float[] sum = new float[6];

  VertexLight(Camera camera) {
    this.camera = camera;
  }

  /** Lights every vertex; {@code open} says per light and vertex how much of it arrives. */
  void shine(Body body, float[] open) {
    Material material = body.part.material();
    String name = body.part.name();
    boolean inside = name.equals("teeth") || name.equals("tongue");
    float[] wrap = name.equals("face") || name.equals("brows") ? SKIN_WRAP : NO_WRAP;
    float rough = material.surface().isPresent() ? .52f : Math.max(.25f, material.roughness());
    float alpha = rough * rough;
    float f0 = body.glossy ? 0 : .04f * material.specular();
    float[] shades = body.part.shades();
    for (int v = 0; v < shades.length; v++) {
      vertex(body, v, open, wrap, alpha, f0, inside);
      float shade = shades[v] * (inside ? INSIDE_AMBIENT : 1);
      for (int k = 0; k < 6; k++) {
        body.light[6 * v + k] = sum[k] * shade;
      }
    }
  }

  private void vertex(
      Body body, int v, float[] open, float[] wrap, float alpha, float f0, boolean inside) {
    float nx = body.normals[3 * v];
    float ny = body.normals[3 * v + 1];
    float nz = body.normals[3 * v + 2];
    float length = 1 / (float) Math.sqrt(nx * nx + ny * ny + nz * nz + 1e-12f);
    nx *= length;
    ny *= length;
    nz *= length;
    float ex = camera.x - body.positions[3 * v];
    float ey = camera.y - body.positions[3 * v + 1];
    float ez = camera.z - body.positions[3 * v + 2];
    length = 1 / (float) Math.sqrt(ex * ex + ey * ey + ez * ez);
    ex *= length;
    ey *= length;
    ez *= length;
    float facing = nx * ex + ny * ey + nz * ez;
    if (facing < 0 && body.part.material().doubleSided()) {
      nx = -nx;
      ny = -ny;
      nz = -nz;
      facing = -facing;
    }
    float sky = .5f + .5f * ny;
    for (int k = 0; k < 3; k++) {
      sum[k] = FLOOR[k] + (SKY[k] - FLOOR[k]) * sky;
      float edge = 1 - Math.max(0, facing);
      sum[3 + k] = sum[k] * f0 * (.5f + 3.2f * edge * edge * edge * (1 - alpha));
    }
    for (int i = 0; i < Light.STUDIO.length; i++) {
      Light lamp = Light.STUDIO[i];
      if (!(lamp.rim() && inside)) {
        float arrives = open[v * Light.STUDIO.length + i];
        if (arrives > .01f) {
          add(lamp, arrives, nx, ny, nz, ex, ey, ez, facing, wrap, alpha, f0);
        }
      }
    }
  }

  private void add(
      Light lamp, float arrives, float nx, float ny, float nz, float ex, float ey, float ez,
      float facing, float[] wrap, float alpha, float f0) {
    float slope = nx * lamp.x() + ny * lamp.y() + nz * lamp.z();
    sum[0] += lamp.r() * arrives * wrapped(slope, wrap[0]);
    sum[1] += lamp.g() * arrives * wrapped(slope, wrap[1]);
    sum[2] += lamp.b() * arrives * wrapped(slope, wrap[2]);
    if (slope > 0 && f0 > 0) {
      float shine = arrives * reflected(lamp, slope, nx, ny, nz, ex, ey, ez, facing, alpha, f0);
      sum[3] += lamp.r() * shine;
      sum[4] += lamp.g() * shine;
      sum[5] += lamp.b() * shine;
    }
  }

  private static float wrapped(float slope, float wrap) {
    return Math.max(0, (slope + wrap) / ((1 + wrap) * (1 + wrap)));
  }

  /** GGX with Schlick's Fresnel, times the slope and pi (the lights carry 1/pi). */
  static float reflected(
      Light lamp, float slope, float nx, float ny, float nz, float ex, float ey, float ez,
      float facing, float alpha, float f0) {
    float hx = ex + lamp.x();
    float hy = ey + lamp.y();
    float hz = ez + lamp.z();
    float length = 1 / (float) Math.sqrt(hx * hx + hy * hy + hz * hz);
    float nh = (nx * hx + ny * hy + nz * hz) * length;
    float eh = (ex * hx + ey * hy + ez * hz) * length;
    float a2 = alpha * alpha;
    float d = nh * nh * (a2 - 1) + 1;
    float k = alpha * .5f;
    float seen = Math.max(.05f, facing);
    float visible = 1 / (4 * (slope * (1 - k) + k) * (seen * (1 - k) + k));
    float away = 1 - Math.max(0, eh);
    float fresnel = f0 + (1 - f0) * away * away * away * away * away * Math.min(1, f0 * 25);
    return a2 / (d * d) * visible * fresnel * slope;
  }
}
