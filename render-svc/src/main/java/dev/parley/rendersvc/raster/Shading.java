package dev.parley.rendersvc.raster;

import java.util.List;

/** Colour from visibility: linear light a pixel, then the screen's bytes. */
final class Shading {
  private static final float SAMPLE = .25f;

  private final int width;
  private final int height;
  private final Coverage coverage;
  private final List<Body> solid;
  private final PixelLight pixel;
  private final float[] colour;
  private final float[] backdrop;
  private final int[] ids = new int[4];
  private final float[] rgb = new float[3];

  Shading(Shot shot, Coverage coverage, List<Body> solid, Camera camera) {
    this.width = shot.width();
    this.height = shot.height();
    this.coverage = coverage;
    this.solid = solid;
    this.pixel = new PixelLight(camera);
    this.colour = new float[3 * width * height];
    this.backdrop = Backdrop.paint(shot);
  }

  /** Shades every pixel that shows a surface, over the backdrop. */
  void resolve() {
    System.arraycopy(backdrop, 0, colour, 0, colour.length);
    int[] seen = coverage.seen;
    for (int y = 0, at = 0; y < height; y++) {
      int top = 2 * y * coverage.width;
      for (int x = 0; x < width; x++, at += 3) {
        ids[0] = seen[top + 2 * x];
        ids[1] = seen[top + 2 * x + 1];
        ids[2] = seen[top + coverage.width + 2 * x];
        ids[3] = seen[top + coverage.width + 2 * x + 1];
        if ((ids[0] & ids[1] & ids[2] & ids[3]) != Coverage.NOTHING) {
          pixel(x, y, at);
        }
      }
    }
  }

  private void pixel(int x, int y, int at) {
    float r = 0, g = 0, b = 0;
    int left = 4;
    for (int i = 0; i < 4; i++) {
      int id = ids[i];
      if (id != Coverage.NOTHING) {
        int part = Coverage.part(id);
        float sx = i & 1;
        float sy = i >> 1;
        int share = 1;
        for (int j = i + 1; j < 4; j++) {
          if (ids[j] != Coverage.NOTHING && Coverage.part(ids[j]) == part) {
            sx += j & 1;
            sy += j >> 1;
            share++;
            ids[j] = Coverage.NOTHING;
          }
        }
        left -= share;
        float px = 2 * x + sx / share + .5f;
        float py = 2 * y + sy / share + .5f;
        pixel.shade(solid.get(part), Coverage.triangle(id), px, py, rgb);
        r += rgb[0] * share;
        g += rgb[1] * share;
        b += rgb[2] * share;
      }
    }
    colour[at] = SAMPLE * (r + left * colour[at]);
    colour[at + 1] = SAMPLE * (g + left * colour[at + 1]);
    colour[at + 2] = SAMPLE * (b + left * colour[at + 2]);
  }

  /** Lays a blended part over what is there, sample by sample, hidden by what stands before it. */
  void overlay(Body body) {
    int[] indices = body.part.indices();
    float[] s = body.screen;
    for (int t = 0; t < indices.length / 3; t++) {
      int a = 3 * indices[3 * t];
      int b = 3 * indices[3 * t + 1];
      int c = 3 * indices[3 * t + 2];
      int x0 = bound(Math.min(s[a], Math.min(s[b], s[c])), coverage.width);
      int x1 = bound(Math.max(s[a], Math.max(s[b], s[c])) + 1, coverage.width);
      int y0 = bound(Math.min(s[a + 1], Math.min(s[b + 1], s[c + 1])), coverage.height);
      int y1 = bound(Math.max(s[a + 1], Math.max(s[b + 1], s[c + 1])) + 1, coverage.height);
      for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
          sample(body, t, x, y);
        }
      }
    }
  }

  private static int bound(float x, int size) {
    return Math.clamp((int) Math.floor(x), 0, size);
  }

  private void sample(Body body, int triangle, int x, int y) {
    float before = coverage.depth[y * coverage.width + x];
    float alpha = pixel.blend(body, triangle, x + .5f, y + .5f, before, rgb);
    if (alpha > 0) {
      int at = 3 * ((y >> 1) * width + (x >> 1));
      float part = alpha * SAMPLE;
      for (int k = 0; k < 3; k++) {
        colour[at + k] += (rgb[k] - colour[at + k]) * part;
      }
    }
  }

  /** Writes the screen's bytes. */
  void develop(int[] to) {
    for (int i = 0, at = 0; i < to.length; i++, at += 3) {
      to[i] = Tone.map(colour[at], colour[at + 1], colour[at + 2]);
    }
  }
}
