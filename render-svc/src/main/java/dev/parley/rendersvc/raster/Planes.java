package dev.parley.rendersvc.raster;

import java.util.Arrays;

/**
 * What the pixels of a band's triangles need, as planes over the picture: value = at origin + x *
 * slope + y * slope, in pixels. Set up when the first pixel of a triangle is shaded, since many
 * triangles are never seen.
 */
final class Planes {
  /** u, v, red, green, blue and reflected light; three numbers each. */
  static final int STRIDE = 18;

  private static final int VALUES = 6;

  float[] plane = new float[STRIDE * 256];
  int[] level = new int[256];
  private int[] made = new int[256];
  private final float[] corner = new float[3 * VALUES];
  private int round;

  /** Forgets all, for a list of {@code count} triangles. */
  void next(int count) {
    round++;
    if (count > made.length) {
      made = Arrays.copyOf(made, 2 * count);
      level = new int[2 * count];
      plane = new float[STRIDE * 2 * count];
    }
  }

  /** Where the planes of the triangle at {@code id} in the list begin. */
  int of(int id, Body body, int triangle) {
    if (made[id] != round) {
      made[id] = round;
      make(id, body, triangle);
    }
    return STRIDE * id;
  }

  private void make(int id, Body body, int triangle) {
    int[] indices = body.part.indices();
    float[] s = body.screen;
    int a = indices[3 * triangle];
    int b = indices[3 * triangle + 1];
    int c = indices[3 * triangle + 2];
    float ax = .5f * s[3 * a], ay = .5f * s[3 * a + 1];
    float bx = .5f * s[3 * b] - ax, by = .5f * s[3 * b + 1] - ay;
    float cx = .5f * s[3 * c] - ax, cy = .5f * s[3 * c + 1] - ay;
    float area = cx * by - bx * cy;
    LitVertices lit = area < 0 ? body.back : body.front;
    lit.corner(body, a, corner, 0);
    lit.corner(body, b, corner, VALUES);
    lit.corner(body, c, corner, 2 * VALUES);
    level[id] = body.skin.level(triangle, Math.abs(area));
    float inverse = 1 / area;
    for (int k = 0, to = STRIDE * id; k < VALUES; k++, to += 3) {
      float first = corner[k];
      float db = corner[VALUES + k] - first;
      float dc = corner[2 * VALUES + k] - first;
      float slopeX = (dc * by - db * cy) * inverse;
      float slopeY = (db * cx - dc * bx) * inverse;
      plane[to] = first - ax * slopeX - ay * slopeY;
      plane[to + 1] = slopeX;
      plane[to + 2] = slopeY;
    }
  }
}
