package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Texture;

/**
 * Coverage of a masked triangle, read off its texture while walking along a row; solid everywhere
 * until it was set out over one.
 */
final class AlphaWalk {
  private Texture texture;
  private int cutoff = -1;
  private float u;
  private float v;
  private float uA;
  private float uB;
  private float uC;
  private float vA;
  private float vB;
  private float vC;
  private float stepU;
  private float stepV;

  /** Sets out over the triangle whose indices begin at {@code at}. */
  AlphaWalk over(Body body, int[] indices, int at, float stepB, float stepC) {
    float[] uv = body.part.uvs();
    int a = 2 * indices[at];
    int b = 2 * indices[at + 1];
    int c = 2 * indices[at + 2];
    texture = body.texture.base;
    cutoff = (int) (body.part.material().cutoff() * 255);
    uA = uv[a];
    vA = uv[a + 1];
    uB = uv[b] - uA;
    vB = uv[b + 1] - vA;
    uC = uv[c] - uA;
    vC = uv[c + 1] - vA;
    stepU = stepB * uB + stepC * uC;
    stepV = stepB * vB + stepC * vC;
    return this;
  }

  /** Begins a row at the given second and third weight. */
  void start(float wb, float wc) {
    u = uA + wb * uB + wc * uC;
    v = vA + wb * vB + wc * vC;
  }

  /** Whether there is something {@code k} samples into the row. */
  boolean solid(int k) {
    return cutoff < 0 || texture.alpha(u + k * stepU, v + k * stepV) >= cutoff;
  }
}
