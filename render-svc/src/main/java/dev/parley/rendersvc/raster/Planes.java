package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Mip;
import java.util.Arrays;

/**
 * What the pixels of a band's triangles need, as planes over the picture: value = at origin + x *
 * slope + y * slope, in pixels. Set up when the first pixel of a triangle is shaded, since many
 * triangles are never seen.
 */
final class Planes {
  /** Numbers a triangle for u and v, in a texture level's own unit. */
  static final int UV = 6;

  /** Numbers a triangle for red, green, blue and reflected light. */
  static final int LIGHT = 12;

  private static final int VALUES = 6;

  float[] uv = new float[UV * 256];
  float[] light = new float[LIGHT * 256];
  Mip[] level = new Mip[256];
  private int[] made = new int[256];
  private final float[] corner = new float[3 * VALUES];
  private final Camera camera;
  private int round;
  private float ax;
  private float ay;
  private float bx;
  private float by;
  private float cx;
  private float cy;

  Planes(Camera camera) {
    this.camera = camera;
  }

  /** Forgets all, for a list of {@code count} triangles. */
  void next(int count) {
    round++;
    if (count > made.length) {
      made = Arrays.copyOf(made, 2 * count);
      level = new Mip[2 * count];
      uv = new float[UV * 2 * count];
      light = new float[LIGHT * 2 * count];
    }
  }

  boolean has(int id) {
    return made[id] == round;
  }

  /** Sets up the triangle at {@code id} in the list. */
  void make(int id, Body body, int triangle) {
    made[id] = round;
    body.seen(triangle);
    int[] indices = body.part.indices();
    int a = indices[3 * triangle];
    int b = indices[3 * triangle + 1];
    int c = indices[3 * triangle + 2];
    float area = lay(body.screen, 3 * a, 3 * b, 3 * c);
    Mip texels = body.skin.level(triangle, Math.abs(area));
    level[id] = texels;
    LitVertices lit = area < 0 ? body.back : body.front;
    lit.corner(a, texels, camera, corner, 0);
    lit.corner(b, texels, camera, corner, VALUES);
    lit.corner(c, texels, camera, corner, 2 * VALUES);
    plane(0, 2, uv, UV * id);
    plane(2, VALUES, light, LIGHT * id);
  }

  /** Takes where three corners lie on the picture; returns twice the size. */
  private float lay(float[] s, int a, int b, int c) {
    ax = .5f * s[a];
    ay = .5f * s[a + 1];
    bx = .5f * s[b] - ax;
    by = .5f * s[b + 1] - ay;
    cx = .5f * s[c] - ax;
    cy = .5f * s[c + 1] - ay;
    float area = cx * by - bx * cy;
    float inverse = 1 / area;
    bx *= inverse;
    by *= inverse;
    cx *= inverse;
    cy *= inverse;
    return area;
  }

  private void plane(int value, int end, float[] plane, int to) {
    for (int k = value; k < end; k++, to += 3) {
      float first = corner[k];
      float db = corner[VALUES + k] - first;
      float dc = corner[2 * VALUES + k] - first;
      float slopeX = dc * by - db * cy;
      float slopeY = db * cx - dc * bx;
      plane[to] = first - ax * slopeX - ay * slopeY;
      plane[to + 1] = slopeX;
      plane[to + 2] = slopeY;
    }
  }
}
