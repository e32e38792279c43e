package dev.parley.rendersvc.face;

import java.util.SplittableRandom;

/** The head: slow seeded drift, breath, a tilt while thinking, small nods while listening. */
final class HeadTrack {
  private static final double BREATH_US = 3_900_000;
  private static final double DRIFT_US = 2_600_000;

  private final SmoothNoise noise;
  private final SplittableRandom chance;
  private final float liveliness;
  private float speaking;
  private float thinking;
  private float listening;
  private long nodUs;

  HeadTrack(long seed, float liveliness) {
    this.noise = new SmoothNoise(Seeds.mix(seed + 4));
    this.chance = Seeds.stream(seed, 5);
    this.liveliness = liveliness;
    this.nodUs = 1_500_000 + chance.nextLong(2_500_000);
  }

  HeadPose at(long t, FaceActivity activity, float wordNodDeg, float dtSeconds) {
    float pace = 1 - (float) Math.exp(-dtSeconds / .45f);
    speaking += ((activity == FaceActivity.SPEAKING ? 1 : 0) - speaking) * pace;
    thinking += ((activity == FaceActivity.THINKING ? 1 : 0) - thinking) * pace;
    listening += ((activity == FaceActivity.LISTENING ? 1 : 0) - listening) * pace;
    double x = t / DRIFT_US;
    float amount = liveliness * (.55f + .45f * speaking);
    float breath = (float) Math.sin(2 * Math.PI * t / BREATH_US);
    float pitch =
        amount * 1.9f * noise.at(1, x) - thinking * 2.2f + listening * nod(t) + wordNodDeg;
    float yaw = amount * 3.4f * noise.at(2, x * .8) + thinking * 3.5f * liveliness;
    float roll = amount * 1.7f * noise.at(3, x * .7) + thinking * 2.6f * liveliness;
    return new HeadPose(
        pitch - .25f * breath * liveliness,
        yaw,
        roll,
        amount * .0022f * noise.at(4, x * .6),
        liveliness * .0011f * breath + amount * .0007f * noise.at(5, x),
        amount * .0035f * noise.at(6, x * .5));
  }

  private float nod(long t) {
    if (t > nodUs + 1_100_000) {
      nodUs = t + 3_200_000 + chance.nextLong(4_500_000);
    }
    if (t < nodUs) {
      return 0;
    }
    float u = (t - nodUs) / 1_100_000f;
    return (float) (2.6 * Math.sin(Math.PI * u) * Math.pow(Math.sin(2 * Math.PI * u), 2))
        * liveliness;
  }
}
