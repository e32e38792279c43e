package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Material;
import dev.parley.rendersvc.avatar.MeshPart;

/**
 * Light at the vertices of one side of a part: diffuse red, green, blue and reflected light. The
 * meshes are dense (a face's triangle covers about ten pixels at 512), so that light at vertices is
 * light at pixels; what is finer, the normal map, is in the {@link Skin}.
 */
final class LitVertices {
  final float[] red;
  final float[] green;
  final float[] blue;
  final float[] shine;
  private final float side;
  private final float alpha;
  private final float f0;
  private final float[] ambient;
  private final float[][] open;
  private final boolean glossy;
  private final float[] nx;
  private final float[] ny;
  private final float[] nz;
  private final float[] ex;
  private final float[] ey;
  private final float[] ez;
  private final float[] facing;
  private final Studio.Mirror mirror;

  LitVertices(MeshPart part, Skin skin, Shadows shadows, float side) {
    int count = part.vertexCount();
    this.side = side;
    Material material = part.material();
    float rough = skin.roughness();
    alpha = rough * rough;
    glossy = rough < Gloss.SMOOTH;
    f0 = .04f * material.specular();
    ambient = skin.occlusion();
    open = shadows.open(part);
    red = new float[count];
    green = new float[count];
    blue = new float[count];
    shine = new float[count];
    nx = new float[count];
    ny = new float[count];
    nz = new float[count];
    ex = new float[count];
    ey = new float[count];
    ez = new float[count];
    facing = new float[count];
    mirror = new Studio.Mirror(rough, material.specular());
  }

  /** Lights every vertex. */
  void shine(Body body, Camera camera) {
    normalise(body);
    face(body, camera);
    Studio.ambient(nx, ny, nz, ambient, red, green, blue);
    room();
    for (int i = 0; i < Light.STUDIO.length; i++) {
      diffuse(Light.STUDIO[i], open[i]);
      if (!glossy) {
        reflected(Light.STUDIO[i], open[i]);
      }
    }
    float[] shades = body.part.shades();
    for (int v = 0; v < red.length; v++) {
      red[v] *= shades[v];
      green[v] *= shades[v];
      blue[v] *= shades[v];
      shine[v] *= shades[v];
    }
  }

  private void normalise(Body body) {
    for (int v = 0; v < nx.length; v++) {
      float x = body.nx[v];
      float y = body.ny[v];
      float z = body.nz[v];
      float length = side / (float) Math.sqrt(x * x + y * y + z * z + 1e-12f);
      nx[v] = x * length;
      ny[v] = y * length;
      nz[v] = z * length;
    }
  }

  private void face(Body body, Camera camera) {
    for (int v = 0; v < nx.length; v++) {
      float x = camera.x - body.px[v];
      float y = camera.y - body.py[v];
      float z = camera.z - body.pz[v];
      float length = 1 / (float) Math.sqrt(x * x + y * y + z * z);
      ex[v] = x * length;
      ey[v] = y * length;
      ez[v] = z * length;
      facing[v] = Math.max(.02f, nx[v] * ex[v] + ny[v] * ey[v] + nz[v] * ez[v]);
    }
  }

  /** What the surface mirrors of the room. */
  private void room() {
    for (int v = 0; v < nx.length; v++) {
      float twice = 2 * facing[v];
      float light =
          Studio.mirrored(twice * nx[v] - ex[v], twice * ny[v] - ey[v], twice * nz[v] - ez[v]);
      shine[v] = ambient[v] * Math.max(0f, light) * mirror.share(facing[v]);
    }
  }

  private void diffuse(Light lamp, float[] arrives) {
    for (int v = 0; v < nx.length; v++) {
      float slope = nx[v] * lamp.x() + ny[v] * lamp.y() + nz[v] * lamp.z();
      float light = arrives[v] * Math.max(0f, slope);
      red[v] += lamp.r() * light;
      green[v] += lamp.g() * light;
      blue[v] += lamp.b() * light;
    }
  }

  /** GGX with Schlick's Fresnel and the correlated visibility of Smith (the lights carry 1/pi). */
  private void reflected(Light lamp, float[] arrives) {
    float lx = lamp.x(), ly = lamp.y(), lz = lamp.z();
    float a2 = alpha * alpha;
    float power = lamp.g();
    for (int v = 0; v < nx.length; v++) {
      float hx = ex[v] + lx;
      float hy = ey[v] + ly;
      float hz = ez[v] + lz;
      float length = 1 / (float) Math.sqrt(hx * hx + hy * hy + hz * hz + 1e-9f);
      float slope = Math.max(0f, nx[v] * lx + ny[v] * ly + nz[v] * lz);
      float nh = (nx[v] * hx + ny[v] * hy + nz[v] * hz) * length;
      float lh = (lx * hx + ly * hy + lz * hz) * length;
      float d = nh * nh * (a2 - 1) + 1;
      float seen = facing[v];
      float smith =
          slope * (float) Math.sqrt(a2 + (1 - a2) * seen * seen)
              + seen * (float) Math.sqrt(a2 + (1 - a2) * slope * slope);
      float away = 1 - lh;
      float far = away * away;
      float fresnel = f0 + (1 - f0) * far * far * away * Math.min(1f, f0 * 25);
      shine[v] += power * arrives[v] * slope * fresnel * a2 * .5f / (d * d * (smith + 1e-6f));
    }
  }

  /** Writes u, v and the light of a vertex. */
  void corner(Body body, int vertex, float[] to, int at) {
    float[] uvs = body.part.uvs();
    to[at] = uvs[2 * vertex];
    to[at + 1] = uvs[2 * vertex + 1];
    to[at + 2] = red[vertex];
    to[at + 3] = green[vertex];
    to[at + 4] = blue[vertex];
    to[at + 5] = shine[vertex];
  }
}
