package dev.parley.rendersvc.face;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/** Brows and nods on the words that are stressed, brows up where a question ends. */
final class WordTrack {
  private static final int INNER = Blendshapes.index("browInnerUp");
  private static final int OUTER_LEFT = Blendshapes.index("browOuterUpLeft");
  private static final int OUTER_RIGHT = Blendshapes.index("browOuterUpRight");

  private record Beat(long startUs, long endUs, float brow, float nodDeg) {}

  private final Deque<Beat> beats = new ArrayDeque<>();
  private final SplittableRandom chance;
  private final float liveliness;
  private long lastBeatUs = Long.MIN_VALUE / 2;

  WordTrack(long seed, float liveliness) {
    this.chance = Seeds.stream(seed, 3);
    this.liveliness = liveliness;
  }

  void add(WordSpan word) {
    float accent = Accent.of(word.text());
    double dice = chance.nextDouble();
    boolean apart = word.startUs() > lastBeatUs + 380_000;
    if (Accent.asks(word.text())) {
      long end = word.endUs() + 150_000;
      beats.add(new Beat(word.startUs(), end, .6f * liveliness, -1.5f * liveliness));
    } else if (apart && accent > .4f && dice < .3 + .6 * accent) {
      lastBeatUs = word.startUs();
      float nod = (1.2f + 2.4f * accent) * (float) (.6 + .4 * dice) * liveliness;
      beats.add(new Beat(word.startUs(), word.startUs() + 90_000, .38f * accent * liveliness, nod));
    }
  }

  /** Raises the brows and returns the nod at {@code t}, degrees down. */
  float apply(long t, float[] weights) {
    while (!beats.isEmpty() && beats.peek().endUs() < t - 500_000) {
      beats.poll();
    }
    float brow = 0;
    float nod = 0;
    for (Beat beat : beats) {
      if (beat.startUs() > t + 200_000) {
        break;
      }
      long late = t - 40_000;
      float lift = Curve.plateau(t, beat.startUs(), beat.endUs(), 140_000, 330_000);
      float dip = Curve.plateau(late, beat.startUs(), beat.endUs(), 170_000, 340_000);
      brow = Math.max(brow, beat.brow() * lift);
      nod += beat.nodDeg() * dip;
    }
    weights[INNER] = Curve.clamp01(weights[INNER] + .75f * brow);
    weights[OUTER_LEFT] = Curve.clamp01(weights[OUTER_LEFT] + .6f * brow);
    weights[OUTER_RIGHT] = Curve.clamp01(weights[OUTER_RIGHT] + .6f * brow);
    return nod;
  }
}
