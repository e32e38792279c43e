package dev.parley.rendersvc.face;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lips, jaw and tongue from visemes, with coarticulation.
 *
 * <p>Each viseme reaches about 80 ms before and after its span with a bell-shaped dominance (Cohen
 * and Massaro 1993), rounding reaches further, and the closures of m/b/p and the bite of f/v are
 * laid over the blend so that no neighbour can open them.
 */
final class MouthTrack {
  private static final long REACH_US = 260_000;
  private static final float TAU_US = 42_000;
  private static final float ROUND_TAU_US = 100_000;
  private static final float REST_DOMINANCE = .07f;
  private static final long ATTACK_US = 80_000;
  private static final long RELEASE_US = 60_000;
  private static final int FIRST = Blendshapes.index("jawForward");
  private static final int LAST = Blendshapes.index("mouthUpperUpRight");
  private static final int TONGUE = Blendshapes.index("tongueOut");
  private static final int JAW = Blendshapes.index("jawOpen");
  private static final int FUNNEL = Blendshapes.index("mouthFunnel");
  private static final int PUCKER = Blendshapes.index("mouthPucker");
  private static final int[] SPREAD = {
    Blendshapes.index("mouthSmileLeft"), Blendshapes.index("mouthSmileRight"),
    Blendshapes.index("mouthStretchLeft"), Blendshapes.index("mouthStretchRight")
  };

  private final List<VisemeSpan> spans = new ArrayList<>();
  private final float[] blend = new float[Blendshapes.COUNT];
  private final long frameUs;
  private int first;

  MouthTrack(long frameUs) {
    this.frameUs = frameUs;
  }

  void add(VisemeSpan span) {
    if (!spans.isEmpty() && span.startUs() < spans.getLast().startUs()) {
      throw Failure.invalid(
          "viseme start",
          span.startUs() + " us (expected not before " + spans.getLast().startUs() + ")");
    }
    if (first > 4096) {
      spans.subList(0, first).clear();
      first = 0;
    }
    spans.add(span);
  }

  /** The end of what is known, microseconds. */
  long knownUs() {
    return spans.isEmpty() ? 0 : spans.getLast().endUs();
  }

  /** Whether something other than silence is said within {@code marginUs} of {@code t}. */
  boolean voiced(long t, long marginUs) {
    for (int i = first; i < spans.size() && spans.get(i).startUs() <= t + marginUs; i++) {
      VisemeSpan span = spans.get(i);
      if (span.viseme() != Viseme.SIL && span.endUs() > t - marginUs) {
        return true;
      }
    }
    return false;
  }

  /** Lays the mouth at {@code t} over {@code weights}, which already hold the emotion. */
  void apply(long t, float loudness, float[] weights) {
    while (first < spans.size() && spans.get(first).endUs() < t - REACH_US) {
      first++;
    }
    float rounding = blendAround(t);
    blend[JAW] *= .6f + .4f * loudness;
    for (int i : SPREAD) {
      blend[i] *= 1 - .8f * rounding;
    }
    float smile = Math.max(weights[SPREAD[0]], weights[SPREAD[1]]);
    blend[FUNNEL] = Math.max(blend[FUNNEL], .45f * rounding) * (1 - smile);
    blend[PUCKER] = Math.max(blend[PUCKER], .55f * rounding) * (1 - smile);
    for (int i = FIRST; i <= LAST; i++) {
      weights[i] = Math.min(1, weights[i] + blend[i]);
    }
    weights[TONGUE] = blend[TONGUE];
    overlay(Viseme.FF, t, weights);
    overlay(Viseme.PP, t, weights);
  }

  private float blendAround(long t) {
    Arrays.fill(blend, 0);
    float total = REST_DOMINANCE;
    float rounding = 0;
    for (int i = first; i < spans.size() && spans.get(i).startUs() < t + REACH_US; i++) {
      VisemeSpan span = spans.get(i);
      float distance = distance(span, t);
      float dominance = dominance(span, t, distance);
      total += dominance;
      accumulate(span.viseme(), dominance);
      if (span.viseme().round()) {
        float reach = distance / ROUND_TAU_US;
        rounding = Math.max(rounding, roundness(span.viseme()) * (float) Math.exp(-reach * reach));
      }
    }
    for (int i = FIRST; i <= LAST; i++) {
      blend[i] /= total;
    }
    blend[TONGUE] /= total;
    return rounding;
  }

  private void accumulate(Viseme viseme, float dominance) {
    for (int i = FIRST; i <= LAST; i++) {
      blend[i] += dominance * viseme.weight(i);
    }
    blend[TONGUE] += dominance * viseme.weight(TONGUE);
  }

  private static float roundness(Viseme viseme) {
    return viseme.weight(FUNNEL) + viseme.weight(PUCKER);
  }

  private static float distance(VisemeSpan span, long t) {
    return Math.max(0, Math.max(span.startUs() - t, t - span.endUs()));
  }

  private static float dominance(VisemeSpan span, long t, float distance) {
    float reach = distance / TAU_US;
    float dominance = span.viseme().strength() * (float) Math.exp(-reach * reach);
    if (distance == 0 && span.endUs() > span.startUs()) {
      float inside = (t - span.startUs()) / (float) (span.endUs() - span.startUs());
      dominance *= 1 + 1.6f * (float) Math.sin(Math.PI * inside);
    }
    return dominance;
  }

  /** Forces a shape that must be reached whatever is around it, for at least one frame. */
  private void overlay(Viseme viseme, long t, float[] weights) {
    float held = 0;
    for (int i = first; i < spans.size() && spans.get(i).startUs() < t + REACH_US; i++) {
      VisemeSpan span = spans.get(i);
      if (span.viseme() == viseme) {
        long end = Math.max(span.endUs(), span.startUs() + frameUs);
        held = Math.max(held, Curve.plateau(t, span.startUs(), end, ATTACK_US, RELEASE_US));
      }
    }
    if (held > 0) {
      for (int i = FIRST; i <= LAST; i++) {
        weights[i] = Curve.mix(weights[i], viseme.weight(i), held);
      }
      weights[TONGUE] *= 1 - held;
    }
  }
}
