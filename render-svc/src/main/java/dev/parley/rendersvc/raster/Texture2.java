package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.Texture;

/** A part's colours with the level of detail its triangles need on the screen. */
final class Texture2 {
  final Texture base;
  private final float[] texelArea;

  Texture2(MeshPart part) {
    base = part.material().base();
    int[] indices = part.indices();
    float[] uv = part.uvs();
    texelArea = new float[indices.length / 3];
    for (int t = 0; t < texelArea.length; t++) {
      int a = 2 * indices[3 * t];
      int b = 2 * indices[3 * t + 1];
      int c = 2 * indices[3 * t + 2];
      float area =
          (uv[b] - uv[a]) * (uv[c + 1] - uv[a + 1]) - (uv[c] - uv[a]) * (uv[b + 1] - uv[a + 1]);
      texelArea[t] = Math.abs(area) * base.width() * base.height();
    }
  }

  /** The level for a triangle that covers {@code area} (twice its size) in pixels. */
  int level(int triangle, float area) {
    return base.levelFor((float) Math.sqrt(texelArea[triangle] / Math.max(area, .25f)));
  }
}
