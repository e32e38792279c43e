package dev.parley.rendersvc.face;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lips, jaw and tongue from visemes, with coarticulation.
 *
 * <p>Each viseme reaches about 80 ms before and after its span with a bell-shaped dominance (Cohen
 * and Massaro 1993); the jaw, being heavier than the lips, reaches further and so does not flap
 * with every phone, and rounding further still. {@link Closure}s are laid over all of it.
 */
final class MouthTrack {
  private static final long REACH_US = 260_000;
  private static final float TAU_US = 42_000;
  private static final float JAW_TAU_US = 58_000;
  private static final float ROUND_TAU_US = 100_000;
  private static final float REST_DOMINANCE = .07f;
  private static final float ROUND_SHARE = .7f;
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
  private float roundFunnel;
  private float roundPucker;

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
    blendAround(t);
    float round = roundFunnel + roundPucker;
    blend[JAW] *= .6f + .4f * loudness;
    for (int i : SPREAD) {
      blend[i] *= 1 - .8f * Math.min(1, round);
    }
    float smile = Math.max(weights[SPREAD[0]], weights[SPREAD[1]]);
    blend[FUNNEL] = Math.max(blend[FUNNEL], ROUND_SHARE * roundFunnel) * (1 - smile);
    blend[PUCKER] = Math.max(blend[PUCKER], ROUND_SHARE * roundPucker) * (1 - smile);
    for (int i = FIRST; i <= LAST; i++) {
      weights[i] = Math.min(1, weights[i] + blend[i]);
    }
    weights[TONGUE] = blend[TONGUE];
  }

  /** Closes the lips for m/b/p and sets the teeth on them for f/v, whatever else moves the face. */
  void close(long t, float[] weights) {
    for (Closure closure : Closure.values()) {
      float held = 0;
      for (int i = first; i < spans.size() && spans.get(i).startUs() < t + REACH_US; i++) {
        if (spans.get(i).viseme() == closure.viseme()) {
          held = Math.max(held, Closure.held(spans.get(i), t, frameUs));
        }
      }
      closure.apply(held, weights);
    }
  }

  private void blendAround(long t) {
    Arrays.fill(blend, 0);
    roundFunnel = roundPucker = 0;
    float total = REST_DOMINANCE;
    float jawTotal = REST_DOMINANCE;
    float jaw = 0;
    for (int i = first; i < spans.size() && spans.get(i).startUs() < t + REACH_US; i++) {
      VisemeSpan span = spans.get(i);
      float distance = distance(span, t);
      float dominance = dominance(span, t, distance, TAU_US, 1.6f);
      float jawDominance = dominance(span, t, distance, JAW_TAU_US, .9f);
      total += dominance;
      jawTotal += jawDominance;
      jaw += jawDominance * span.viseme().weight(JAW);
      accumulate(span.viseme(), dominance);
      round(span.viseme(), distance);
    }
    for (int i = FIRST; i <= LAST; i++) {
      blend[i] /= total;
    }
    blend[TONGUE] /= total;
    blend[JAW] = jaw / jawTotal;
  }

  private void accumulate(Viseme viseme, float dominance) {
    for (int i = FIRST; i <= LAST; i++) {
      blend[i] += dominance * viseme.weight(i);
    }
    blend[TONGUE] += dominance * viseme.weight(TONGUE);
  }

  private void round(Viseme viseme, float distance) {
    if (viseme.round()) {
      float reach = distance / ROUND_TAU_US;
      float near = (float) Math.exp(-reach * reach);
      roundFunnel = Math.max(roundFunnel, viseme.weight(FUNNEL) * near);
      roundPucker = Math.max(roundPucker, viseme.weight(PUCKER) * near);
    }
  }

  private static float distance(VisemeSpan span, long t) {
    return Math.max(0, Math.max(span.startUs() - t, t - span.endUs()));
  }

  private static float dominance(
      VisemeSpan span, long t, float distance, float tauUs, float swell) {
    float reach = distance / tauUs;
    float dominance = span.viseme().strength() * (float) Math.exp(-reach * reach);
    if (distance == 0 && span.endUs() > span.startUs()) {
      float inside = (t - span.startUs()) / (float) (span.endUs() - span.startUs());
      dominance *= 1 + swell * (float) Math.sin(Math.PI * inside);
    }
    return dominance;
  }
}
