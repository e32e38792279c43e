package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Material;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.Mip;
import dev.parley.rendersvc.avatar.Texture;

/**
 * The surface of a part, made ready once: its colours with the relief of the normal map shaded in,
 * how open each vertex is, and the level of detail of each triangle.
 */
final class Skin {
  private static final float OCCLUSION_STRENGTH = .8f;

  /** Colours to sample. */
  final Texture colours;

  private final float[] texelArea;
  private final float[] occlusion;
  private final float roughness;

  Skin(MeshPart part, Shadows shadows) {
    Material material = part.material();
    occlusion = occlusion(part);
    roughness = roughness(part);
    colours =
        material.normal().isPresent()
            ? new Relief(part, shadows, occlusion).shaded()
            : material.base();
    texelArea = texelArea(part);
  }

  private static float[] occlusion(MeshPart part) {
    float[] open = new float[part.vertexCount()];
    for (int v = 0; v < open.length; v++) {
      int data = surface(part, v);
      open[v] = 1 + OCCLUSION_STRENGTH * ((data >> 16 & 255) / 255f - 1);
    }
    return open;
  }

  private static float roughness(MeshPart part) {
    double sum = 0;
    for (int v = 0; v < part.vertexCount(); v++) {
      sum += (surface(part, v) >> 8 & 255) / 255.0;
    }
    double mean = sum / Math.max(1, part.vertexCount());
    return Math.max(.05f, (float) (part.material().roughness() * mean));
  }

  private static int surface(MeshPart part, int v) {
    float[] uvs = part.uvs();
    return part.material().surface().map(s -> s.sample(uvs[2 * v], uvs[2 * v + 1], 1)).orElse(-1);
  }

  private static float[] texelArea(MeshPart part) {
    int[] indices = part.indices();
    float[] uv = part.uvs();
    float[] area = new float[indices.length / 3];
    Texture base = part.material().base();
    for (int t = 0; t < area.length; t++) {
      int a = 2 * indices[3 * t];
      int b = 2 * indices[3 * t + 1];
      int c = 2 * indices[3 * t + 2];
      float twice =
          (uv[b] - uv[a]) * (uv[c + 1] - uv[a + 1]) - (uv[c] - uv[a]) * (uv[b + 1] - uv[a + 1]);
      area[t] = Math.abs(twice) * base.width() * base.height();
    }
    return area;
  }

  /** Mean roughness, 0 mirror to 1 matt. */
  float roughness() {
    return roughness;
  }

  /** How much light from all round arrives at each vertex, 0 to 1. */
  float[] occlusion() {
    return occlusion;
  }

  /** The level of detail for a triangle that covers {@code area} (twice its size) in pixels. */
  Mip level(int triangle, float area) {
    return colours.levelFor((float) Math.sqrt(texelArea[triangle] / Math.max(area, .25f)));
  }
}
