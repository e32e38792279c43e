package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.Texture;

/**
 * Shades a normal map into the colours: each texel is multiplied by the light its bent normal gets
 * over the light the smooth one gets, with the head at rest. The lights stand still and a head
 * turns by some degrees, so that the share stays nearly right in motion, and costs nothing a frame.
 */
final class Relief {
  private static final float EDGE = .02f;
  private static final float LEAST = .55f;
  private static final float MOST = 1.6f;

  private final MeshPart part;
  private final float[][] open;
  private final float[] occlusion;
  private final Texture base;
  private final Texture normals;
  private final int[] from;
  private final int[] pixels;
  private final float[] tangent = new float[6];
  private final float[] weight = new float[3];

  Relief(MeshPart part, Shadows shadows, float[] occlusion) {
    this.part = part;
    this.open = shadows.open(part);
    this.occlusion = occlusion;
    base = part.material().base();
    normals = part.material().normal().orElseThrow();
    from = base.pixels();
    pixels = from.clone();
  }

  /** The colours with the relief in them. */
  Texture shaded() {
    if (base.repeats()) {
      tile();
    } else {
      for (int t = 0; t < part.indices().length; t += 3) {
        triangle(t);
      }
    }
    return new Texture(base.width(), base.height(), pixels, base.repeats());
  }

  /** A tile lies on many places: it is shaded as if it faced the viewer. */
  private void tile() {
    float flat = light(0, 0, 1, -1);
    for (int y = 0; y < base.height(); y++) {
      for (int x = 0; x < base.width(); x++) {
        int n = normal((x + .5f) / base.width(), (y + .5f) / base.height());
        float bx = bend(n >> 16);
        float by = bend(n >> 8);
        shade(y * base.width() + x, light(bx, by, flatten(n), -1) / flat);
      }
    }
  }

  private void triangle(int t) {
    int a = part.indices()[t];
    int b = part.indices()[t + 1];
    int c = part.indices()[t + 2];
    float[] uv = part.uvs();
    float u1 = uv[2 * b] - uv[2 * a], v1 = uv[2 * b + 1] - uv[2 * a + 1];
    float u2 = uv[2 * c] - uv[2 * a], v2 = uv[2 * c + 1] - uv[2 * a + 1];
    float area = u1 * v2 - u2 * v1;
    if (Math.abs(area) < 1e-12f) {
      return;
    }
    tangents(3 * a, 3 * b, 3 * c, u1, v1, u2, v2, 1 / area);
    int x0 = low(Math.min(0, Math.min(u1, u2)) + uv[2 * a], base.width());
    int x1 = high(Math.max(0, Math.max(u1, u2)) + uv[2 * a], base.width());
    int y0 = low(Math.min(0, Math.min(v1, v2)) + uv[2 * a + 1], base.height());
    int y1 = high(Math.max(0, Math.max(v1, v2)) + uv[2 * a + 1], base.height());
    for (int y = y0; y <= y1; y++) {
      for (int x = x0; x <= x1; x++) {
        float pu = (x + .5f) / base.width() - uv[2 * a];
        float pv = (y + .5f) / base.height() - uv[2 * a + 1];
        weight[1] = (pu * v2 - u2 * pv) / area;
        weight[2] = (u1 * pv - pu * v1) / area;
        weight[0] = 1 - weight[1] - weight[2];
        if (weight[0] > -EDGE && weight[1] > -EDGE && weight[2] > -EDGE) {
          texel(t, x, y);
        }
      }
    }
  }

  private static int low(float u, int size) {
    return Math.clamp((int) Math.floor(u * size) - 1, 0, size - 1);
  }

  private static int high(float u, int size) {
    return Math.clamp((int) Math.ceil(u * size) + 1, 0, size - 1);
  }

  private void tangents(
      int a, int b, int c, float u1, float v1, float u2, float v2, float inverse) {
    float[] p = part.positions();
    for (int k = 0; k < 3; k++) {
      float d1 = p[b + k] - p[a + k];
      float d2 = p[c + k] - p[a + k];
      tangent[k] = (d1 * v2 - d2 * v1) * inverse;
      tangent[3 + k] = (d1 * u2 - d2 * u1) * inverse;
    }
    unit(0);
    unit(3);
  }

  private void unit(int at) {
    float x = tangent[at], y = tangent[at + 1], z = tangent[at + 2];
    float length = 1 / (float) Math.sqrt(x * x + y * y + z * z + 1e-20f);
    tangent[at] *= length;
    tangent[at + 1] *= length;
    tangent[at + 2] *= length;
  }

  private void texel(int t, int x, int y) {
    float nx = mixed(t, 0);
    float ny = mixed(t, 1);
    float nz = mixed(t, 2);
    float length = 1 / (float) Math.sqrt(nx * nx + ny * ny + nz * nz + 1e-12f);
    nx *= length;
    ny *= length;
    nz *= length;
    int n = normal((x + .5f) / base.width(), (y + .5f) / base.height());
    float bx = bend(n >> 16);
    float by = bend(n >> 8);
    float bz = flatten(n);
    float flat = light(nx, ny, nz, t);
    float bent =
        light(
            tangent[0] * bx + tangent[3] * by + nx * bz,
            tangent[1] * bx + tangent[4] * by + ny * bz,
            tangent[2] * bx + tangent[5] * by + nz * bz,
            t);
    shade(y * base.width() + x, bent / flat);
  }

  private float mixed(int t, int k) {
    int[] i = part.indices();
    float[] n = part.normals();
    return weight[0] * n[3 * i[t] + k]
        + weight[1] * n[3 * i[t + 1] + k]
        + weight[2] * n[3 * i[t + 2] + k];
  }

  private int normal(float u, float v) {
    return normals.sample(u, v, 0);
  }

  private float bend(int channel) {
    return part.material().normalScale() * ((channel & 255) / 127.5f - 1);
  }

  private static float flatten(int n) {
    return Math.max(.05f, (n & 255) / 127.5f - 1);
  }

  /** Brightness of a matt surface; {@code t} names the triangle whose shadows lie on it. */
  private float light(float x, float y, float z, int t) {
    float length = 1 / (float) Math.sqrt(x * x + y * y + z * z);
    x *= length;
    y *= length;
    z *= length;
    float sum = Math.max(.02f, Studio.matt(x, y, z)) * (t < 0 ? 1 : share(occlusion, t));
    for (int i = 0; i < Light.STUDIO.length; i++) {
      Light lamp = Light.STUDIO[i];
      float slope = x * lamp.x() + y * lamp.y() + z * lamp.z();
      if (slope > 0) {
        sum += slope * lamp.g() * (t < 0 ? 1 : share(open[i], t));
      }
    }
    return sum;
  }

  private float share(float[] values, int t) {
    int[] i = part.indices();
    return weight[0] * values[i[t]] + weight[1] * values[i[t + 1]] + weight[2] * values[i[t + 2]];
  }

  private void shade(int at, float light) {
    float factor = Math.clamp(light, LEAST, MOST);
    int argb = from[at];
    pixels[at] =
        argb & 0xff000000
            | Tone.srgb(factor * Tone.linear(argb >> 16 & 255)) << 16
            | Tone.srgb(factor * Tone.linear(argb >> 8 & 255)) << 8
            | Tone.srgb(factor * Tone.linear(argb & 255));
  }
}
