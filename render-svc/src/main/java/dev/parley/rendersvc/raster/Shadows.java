package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How much of each light arrives at each vertex of an avatar at rest, from one depth picture a
 * light. Worked out once an avatar: the head turns by a few degrees only.
 */
final class Shadows {
  private static final int SIZE = 640;
  private static final float REACH_M = .32f;
  private static final float OFF_SURFACE_M = .004f;
  private static final float BIAS_M = .0025f;
  private static final float DARK = .25f;
  private final Map<MeshPart, float[][]> open = new IdentityHashMap<>();

  Shadows(Avatar avatar) {
    for (MeshPart part : avatar.parts()) {
      open.put(part, new float[Light.STUDIO.length][part.vertexCount()]);
    }
    for (int i = 0; i < Light.STUDIO.length; i++) {
      if (i == 1) {
        fill(i);
      } else {
        cast(avatar, i);
      }
    }
  }

  /** Per light and vertex, 0 (dark) to 1. */
  float[][] open(MeshPart part) {
    return open.get(part);
  }

  private void fill(int lamp) {
    for (float[][] values : open.values()) {
      Arrays.fill(values[lamp], 1);
    }
  }

  private void cast(Avatar avatar, int lamp) {
    LightView view = new LightView(avatar, Light.STUDIO[lamp], SIZE, REACH_M);
    float[] nearest = new float[SIZE * SIZE];
    Arrays.fill(nearest, -Float.MAX_VALUE);
    for (MeshPart part : avatar.parts()) {
      if (!Set.of("eyes", "lashes", "brows").contains(part.name())) {
        view.draw(part, nearest);
      }
    }
    float dark = Light.STUDIO[lamp].rim() ? 0 : DARK;
    for (MeshPart part : avatar.parts()) {
      float[] values = open.get(part)[lamp];
      for (int v = 0; v < part.vertexCount(); v++) {
        float lit = view.lit(part, v, OFF_SURFACE_M, BIAS_M, nearest);
        values[v] = dark + (1 - dark) * lit;
      }
    }
  }
}
