package dev.parley.rendersvc.raster;

/** The colour of one place on a triangle, as the screen's bytes. */
final class Ink {
  private final Gloss gloss;
  private final Planes planes = new Planes();

  Ink(Camera camera) {
    gloss = new Gloss(camera);
  }

  /** Begins a list of {@code count} triangles. */
  void next(int count) {
    planes.next(count);
  }

  /** Packed RGB at x, y in pixels, of the triangle at {@code id} in the list. */
  int at(int id, Body body, int triangle, float x, float y) {
    return lit(id, body, triangle, x, y, texel(id, body, triangle, x, y));
  }

  /** The surface's own colour and coverage there: packed ARGB. */
  int texel(int id, Body body, int triangle, float x, float y) {
    int p = planes.of(id, body, triangle);
    float[] plane = planes.plane;
    float u = plane[p] + x * plane[p + 1] + y * plane[p + 2];
    float v = plane[p + 3] + x * plane[p + 4] + y * plane[p + 5];
    return body.skin.colours.sample(u, v, planes.level[id]);
  }

  /** A surface's colour in its light. */
  int lit(int id, Body body, int triangle, float x, float y, int argb) {
    int p = Planes.STRIDE * id;
    float[] plane = planes.plane;
    float r = plane[p + 6] + x * plane[p + 7] + y * plane[p + 8];
    float g = plane[p + 9] + x * plane[p + 10] + y * plane[p + 11];
    float b = plane[p + 12] + x * plane[p + 13] + y * plane[p + 14];
    float shine = plane[p + 15] + x * plane[p + 16] + y * plane[p + 17];
    if (body.glossy) {
      shine += gloss.at(body, triangle, 2 * x, 2 * y);
    }
    return Tone.map(
        Tone.linear(argb >> 16 & 255) * r + shine,
        Tone.linear(argb >> 8 & 255) * g + shine,
        Tone.linear(argb & 255) * b + shine);
  }
}
