package dev.parley.rendersvc.face;

import java.util.Arrays;

/**
 * What the lips must reach whatever is around: shut for m/b/p, under the upper teeth for f/v. Only
 * the shapes that open or shut the mouth are forced; a smile or a rounding goes on underneath (the
 * lips of every shipped avatar stay shut under both, see the tests).
 */
enum Closure {
  BITE(Viseme.FF),
  SHUT(Viseme.PP);

  private static final long ATTACK_US = 60_000;
  private static final long RELEASE_US = 55_000;
  private static final int TONGUE = Blendshapes.index("tongueOut");

  private final Viseme viseme;
  private final int[] forced;

  Closure(Viseme viseme) {
    this.viseme = viseme;
    this.forced = Arrays.stream(opening().split(" ")).mapToInt(Blendshapes::index).toArray();
  }

  private static String opening() {
    return "jawOpen mouthClose mouthFunnel mouthShrugLower mouthShrugUpper mouthRollLower"
        + " mouthRollUpper mouthPressLeft mouthPressRight mouthLowerDownLeft mouthLowerDownRight"
        + " mouthUpperUpLeft mouthUpperUpRight";
  }

  Viseme viseme() {
    return viseme;
  }

  /**
   * How far the closure of {@code span} is reached at {@code t}; at least one frame sees it all.
   */
  static float held(VisemeSpan span, long t, long frameUs) {
    long end = Math.max(span.endUs(), span.startUs() + frameUs);
    return Curve.plateau(t, span.startUs(), end, ATTACK_US, RELEASE_US);
  }

  void apply(float held, float[] weights) {
    if (held > 0) {
      for (int i : forced) {
        weights[i] = Curve.mix(weights[i], viseme.weight(i), held);
      }
      weights[TONGUE] *= 1 - held;
    }
  }
}
