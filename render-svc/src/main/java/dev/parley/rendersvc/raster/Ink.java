package dev.parley.rendersvc.raster;

import java.util.List;

/** The colour of places on triangles of a band's list, as the screen's bytes. */
final class Ink {
  private final Body[] bodies;
  private final Gloss gloss;
  private final Planes planes;
  private int[] entries;

  Ink(List<Body> bodies, Camera camera) {
    this.bodies = bodies.toArray(Body[]::new);
    gloss = new Gloss(camera);
    planes = new Planes(camera);
  }

  /** Begins a list. */
  void begin(Bin bin) {
    planes.next(bin.count);
    entries = bin.entries;
  }

  /** Packed RGB at x, y in pixels, of the triangle at {@code id} in the list. */
  int at(int id, float x, float y) {
    return lit(id, x, y, texel(id, x, y));
  }

  /** The colours of many places, none of which mirrors the lamps, to {@code places.rgb}. */
  void at(Places places) {
    for (int i = 0; i < places.count; i++) {
      prepare(places.id[i]);
    }
    texels(places);
    float[] light = planes.light;
    for (int i = 0; i < places.count; i++) {
      int p = Planes.LIGHT * places.id[i];
      float x = places.x[i];
      float y = places.y[i];
      float r = light[p] + x * light[p + 1] + y * light[p + 2];
      float g = light[p + 3] + x * light[p + 4] + y * light[p + 5];
      float b = light[p + 6] + x * light[p + 7] + y * light[p + 8];
      float shine = light[p + 9] + x * light[p + 10] + y * light[p + 11];
      places.rgb[i] = tone(places.rgb[i], r, g, b, shine);
    }
  }

  /** In a loop of its own, so that many texels are under way from memory at a time. */
  private void texels(Places places) {
    float[] uv = planes.uv;
    for (int i = 0; i < places.count; i++) {
      int p = Planes.UV * places.id[i];
      float x = places.x[i];
      float y = places.y[i];
      float u = uv[p] + x * uv[p + 1] + y * uv[p + 2];
      float v = uv[p + 3] + x * uv[p + 4] + y * uv[p + 5];
      places.rgb[i] = planes.level[places.id[i]].sample(u, v);
    }
  }

  private void prepare(int id) {
    if (!planes.has(id)) {
      planes.make(id, bodies[Bins.part(entries[id])], Bins.triangle(entries[id]));
    }
  }

  /** The surface's own colour and coverage there: packed ARGB. */
  int texel(int id, float x, float y) {
    prepare(id);
    int p = Planes.UV * id;
    float[] uv = planes.uv;
    float u = uv[p] + x * uv[p + 1] + y * uv[p + 2];
    float v = uv[p + 3] + x * uv[p + 4] + y * uv[p + 5];
    return planes.level[id].sample(u, v);
  }

  /** A surface's colour in its light. */
  int lit(int id, float x, float y, int argb) {
    int p = Planes.LIGHT * id;
    float[] light = planes.light;
    float r = light[p] + x * light[p + 1] + y * light[p + 2];
    float g = light[p + 3] + x * light[p + 4] + y * light[p + 5];
    float b = light[p + 6] + x * light[p + 7] + y * light[p + 8];
    float shine = light[p + 9] + x * light[p + 10] + y * light[p + 11];
    Body body = bodies[Bins.part(entries[id])];
    if (body.glossy) {
      shine += gloss.at(body, Bins.triangle(entries[id]), 2 * x, 2 * y);
    }
    return tone(argb, r, g, b, shine);
  }

  private static int tone(int argb, float r, float g, float b, float shine) {
    return Tone.map(
        Tone.linear(argb >> 16 & 255) * r + shine,
        Tone.linear(argb >> 8 & 255) * g + shine,
        Tone.linear(argb & 255) * b + shine);
  }
}
