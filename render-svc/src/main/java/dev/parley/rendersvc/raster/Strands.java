package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Material;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.Texture;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Where a part with holes is there and where it is not, one byte a texel, and its triangles without
 * those that are nowhere: a masked part's from the nearest to the farthest, others in their order.
 */
final class Strands {
  private static final int LEVEL = 1;
  private static final int FAINTEST = 3;

  /** Triangles to draw, in order. */
  final int[] order;

  /** Three times the three vertices of each, in the same order. */
  final int[] corners;

  /** Whether a triangle is there all over. */
  final boolean[] whole;

  final byte[] mask;
  final int shift;
  final int width;
  final int height;

  Strands(MeshPart part) {
    int triangles = part.indices().length / 3;
    whole = new boolean[triangles];
    Texture base = part.material().base();
    width = base.width() >> LEVEL;
    height = base.height() >> LEVEL;
    shift = Integer.numberOfTrailingZeros(width);
    Material.Alpha alpha = part.material().alpha();
    if (alpha == Material.Alpha.OPAQUE) {
      mask = new byte[0];
      Arrays.fill(whole, true);
      order = IntStream.range(0, triangles).toArray();
    } else {
      boolean masked = alpha == Material.Alpha.MASK;
      mask = mask(base, masked ? (int) (part.material().cutoff() * 255) : FAINTEST);
      order = order(part, triangles, masked);
    }
    corners =
        Arrays.stream(order)
            .flatMap(t -> IntStream.range(3 * t, 3 * t + 3))
            .map(i -> 3 * part.indices()[i])
            .toArray();
  }

  private byte[] mask(Texture base, int cutoff) {
    byte[] there = new byte[width * height];
    for (int i = 0; i < there.length; i++) {
      float u = ((i & width - 1) + .5f) / width;
      float v = ((i >> shift) + .5f) / height;
      there[i] = (byte) (base.alpha(u, v) >= cutoff ? 1 : 0);
    }
    return there;
  }

  private int[] order(MeshPart part, int triangles, boolean nearFirst) {
    return IntStream.range(0, triangles)
        .filter(t -> somewhere(part, t))
        .boxed()
        .sorted(Comparator.comparingDouble(t -> nearFirst ? -nearness(part, t) : t))
        .mapToInt(t -> t)
        .toArray();
  }

  private static float nearness(MeshPart part, int t) {
    float sum = 0;
    for (int k = 0; k < 3; k++) {
      sum += part.positions()[3 * part.indices()[3 * t + k] + 2];
    }
    return sum;
  }

  /** Looks at all texels round a triangle; notes whether it is whole. */
  private boolean somewhere(MeshPart part, int t) {
    float u0 = 9, u1 = -9, v0 = 9, v1 = -9;
    for (int k = 0; k < 3; k++) {
      int at = 2 * part.indices()[3 * t + k];
      u0 = Math.min(u0, part.uvs()[at]);
      u1 = Math.max(u1, part.uvs()[at]);
      v0 = Math.min(v0, part.uvs()[at + 1]);
      v1 = Math.max(v1, part.uvs()[at + 1]);
    }
    int seen = 0;
    int there = 0;
    for (int y = row(v0, -1); y <= row(v1, 1); y++) {
      for (int x = column(u0, -1); x <= column(u1, 1); x++) {
        seen++;
        there += mask[(y << shift) + x];
      }
    }
    whole[t] = there == seen;
    return there > 0;
  }

  private int column(float u, int margin) {
    return Math.clamp((int) (u * width) + margin, 0, width - 1);
  }

  private int row(float v, int margin) {
    return Math.clamp((int) (v * height) + margin, 0, height - 1);
  }
}
