package dev.parley.rendersvc.face;

import java.util.SplittableRandom;

/**
 * Blinks: 15 to 20 a minute, seeded, sometimes two at once, and often where a phrase ends or the
 * eyes jump. The lids fall in 80 ms and rise in twice that, slowing down (Guitton et al. 1991).
 */
final class BlinkTrack {
  private static final long CLOSE_US = 80_000;
  private static final long HOLD_US = 30_000;
  private static final long OPEN_US = 190_000;
  private static final long APART_US = 900_000;
  private static final int LEFT = Blendshapes.index("eyeBlinkLeft");
  private static final int RIGHT = Blendshapes.index("eyeBlinkRight");

  private final SplittableRandom chance;
  private long startUs;
  private long previousEndUs = -APART_US;

  BlinkTrack(long seed) {
    chance = Seeds.stream(seed, 1);
    startUs = 600_000 + chance.nextLong(1_900_000);
  }

  /** A phrase ended or the eyes jumped at {@code t}: a blink is likely. */
  void invite(long t, double probability) {
    boolean yes = chance.nextDouble() < probability;
    if (yes && startUs > t + 300_000 && previousEndUs + APART_US < t) {
      startUs = t + 40_000;
    }
  }

  void apply(long t, float[] weights) {
    float closed = closed(t);
    weights[LEFT] = Math.max(weights[LEFT], closed);
    weights[RIGHT] = Math.max(weights[RIGHT], closed);
    if (t > startUs + CLOSE_US + HOLD_US + OPEN_US) {
      previousEndUs = startUs + CLOSE_US + HOLD_US + OPEN_US;
      boolean twice = chance.nextDouble() < .12;
      double wait = Math.pow(chance.nextDouble(), 1.4);
      startUs = t + (twice ? 90_000 : 2_400_000 + (long) (4_400_000 * wait));
    }
  }

  private float closed(long t) {
    if (t < startUs) {
      return 0;
    }
    long since = t - startUs;
    if (since < CLOSE_US + HOLD_US) {
      return Curve.smooth(0, CLOSE_US, since);
    }
    float open =
        Curve.smooth(0, 1, (float) Math.sqrt((since - CLOSE_US - HOLD_US) / (double) OPEN_US));
    return 1 - open;
  }
}
