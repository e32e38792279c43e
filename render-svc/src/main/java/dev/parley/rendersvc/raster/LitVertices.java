package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Material;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.Mip;
import java.util.Arrays;

/**
 * Light at the vertices of one side of a part: diffuse red, green, blue and reflected light, worked
 * out where it is asked for, since most vertices are hidden. The meshes are dense (a face's
 * triangle covers about ten pixels at 512), so that light at vertices is light at pixels; what is
 * finer, the normal map, is in the {@link Skin}.
 */
final class LitVertices {
  private final Body body;
  private final float side;
  private final float alpha;
  private final float f0;
  private final float[] ambient;
  private final float[][] open;
  private final boolean glossy;
  private final Studio.Mirror mirror;

  /** Red, green, blue and reflected light a vertex. */
  private final float[] light;

  private final boolean[] dark;
  private float nx;
  private float ny;
  private float nz;
  private float ex;
  private float ey;
  private float ez;
  private float facing;

  LitVertices(Body body, Shadows shadows, float side) {
    this.body = body;
    this.side = side;
    MeshPart part = body.part;
    Material material = part.material();
    float rough = body.skin.roughness();
    alpha = rough * rough;
    glossy = rough < Gloss.SMOOTH;
    f0 = .04f * material.specular();
    ambient = body.skin.occlusion();
    open = shadows.open(part);
    light = new float[4 * part.vertexCount()];
    dark = new boolean[part.vertexCount()];
    mirror = new Studio.Mirror(rough, material.specular());
    darken();
  }

  /** Forgets the light, as the body has moved. */
  void darken() {
    Arrays.fill(dark, true);
  }

  /** Writes u, v in a texture's unit and the light of a vertex. */
  void corner(int vertex, Mip mip, Camera camera, float[] to, int at) {
    if (dark[vertex]) {
      dark[vertex] = false;
      shine(vertex, camera);
    }
    float[] uvs = body.part.uvs();
    to[at] = mip.x(uvs[2 * vertex]);
    to[at + 1] = mip.y(uvs[2 * vertex + 1]);
    System.arraycopy(light, 4 * vertex, to, at + 2, 4);
  }

  private void shine(int v, Camera camera) {
    face(v, camera);
    float matt = ambient[v] * Math.max(0f, Studio.matt(nx, ny, nz));
    float red = matt, green = matt, blue = matt;
    float shine = room(v);
    for (int i = 0; i < Light.STUDIO.length; i++) {
      Light lamp = Light.STUDIO[i];
      float slope = nx * lamp.x() + ny * lamp.y() + nz * lamp.z();
      float arrives = open[i][v];
      if (slope > 0 && arrives > 0) {
        red += lamp.r() * arrives * slope;
        green += lamp.g() * arrives * slope;
        blue += lamp.b() * arrives * slope;
        shine += glossy ? 0 : arrives * reflected(lamp, slope);
      }
    }
    float shade = body.part.shades()[v];
    light[4 * v] = red * shade;
    light[4 * v + 1] = green * shade;
    light[4 * v + 2] = blue * shade;
    light[4 * v + 3] = shine * shade;
  }

  /** Takes the normal, and the direction to the eye. */
  private void face(int v, Camera camera) {
    float x = body.nx[v], y = body.ny[v], z = body.nz[v];
    float unit = side / (float) Math.sqrt(x * x + y * y + z * z + 1e-12f);
    nx = x * unit;
    ny = y * unit;
    nz = z * unit;
    x = camera.x - body.px[v];
    y = camera.y - body.py[v];
    z = camera.z - body.pz[v];
    unit = 1 / (float) Math.sqrt(x * x + y * y + z * z);
    ex = x * unit;
    ey = y * unit;
    ez = z * unit;
    facing = Math.max(.02f, nx * ex + ny * ey + nz * ez);
  }

  /** What the surface mirrors of the room. */
  private float room(int v) {
    float twice = 2 * facing;
    float seen = Studio.mirrored(twice * nx - ex, twice * ny - ey, twice * nz - ez);
    return ambient[v] * Math.max(0f, seen) * mirror.share(facing);
  }

  /** GGX with Schlick's Fresnel and the correlated visibility of Smith (the lights carry 1/pi). */
  private float reflected(Light lamp, float slope) {
    float lx = lamp.x(), ly = lamp.y(), lz = lamp.z();
    float a2 = alpha * alpha;
    float hx = ex + lx, hy = ey + ly, hz = ez + lz;
    float length = 1 / (float) Math.sqrt(hx * hx + hy * hy + hz * hz + 1e-9f);
    float nh = (nx * hx + ny * hy + nz * hz) * length;
    float lh = (lx * hx + ly * hy + lz * hz) * length;
    float d = nh * nh * (a2 - 1) + 1;
    float smith =
        slope * (float) Math.sqrt(a2 + (1 - a2) * facing * facing)
            + facing * (float) Math.sqrt(a2 + (1 - a2) * slope * slope);
    float away = 1 - lh;
    float far = away * away;
    float fresnel = f0 + (1 - f0) * far * far * away * Math.min(1f, f0 * 25);
    return lamp.g() * slope * fresnel * a2 * .5f / (d * d * (smith + 1e-6f));
  }
}
