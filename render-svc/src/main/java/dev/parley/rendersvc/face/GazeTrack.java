package dev.parley.rendersvc.face;

import java.util.SplittableRandom;

/**
 * Where the eyes look: fixations on the viewer with small saccades, looks aside while speaking and
 * up while thinking, from where they come back to the viewer. The eyes turn against the head so
 * that the gaze stays where it is.
 */
final class GazeTrack {
  private static final long SACCADE_US = 24_000;
  private static final long SACCADE_US_PER_DEG = 4_000;
  private static final float SIDE_DEG = 28;
  private static final float UP_DEG = 19;
  private static final float DOWN_DEG = 24;
  private static final int LEFT_IN = Blendshapes.index("eyeLookInLeft");
  private static final int LEFT_OUT = Blendshapes.index("eyeLookOutLeft");
  private static final int LEFT_UP = Blendshapes.index("eyeLookUpLeft");
  private static final int LEFT_DOWN = Blendshapes.index("eyeLookDownLeft");
  private static final int RIGHT_IN = Blendshapes.index("eyeLookInRight");
  private static final int RIGHT_OUT = Blendshapes.index("eyeLookOutRight");
  private static final int RIGHT_UP = Blendshapes.index("eyeLookUpRight");
  private static final int RIGHT_DOWN = Blendshapes.index("eyeLookDownRight");

  private final SplittableRandom chance;
  private final float liveliness;
  private float fromYaw;
  private float fromPitch;
  private float yaw;
  private float pitch;
  private long startUs;
  private long durationUs = SACCADE_US;
  private boolean aside;
  private long nextUs;

  GazeTrack(long seed, float liveliness) {
    this.chance = Seeds.stream(seed, 2);
    this.liveliness = liveliness;
    this.nextUs = 300_000 + chance.nextLong(700_000);
  }

  /** Moves the gaze on; returns the size of a jump that began now, degrees, else 0. */
  float step(long t, FaceActivity activity) {
    if (t < nextUs) {
      return 0;
    }
    float oldYaw = fromYaw = yaw;
    float oldPitch = fromPitch = pitch;
    startUs = t;
    choose(t, activity);
    float degrees = (float) Math.hypot(yaw - oldYaw, pitch - oldPitch);
    durationUs = SACCADE_US + (long) (SACCADE_US_PER_DEG * degrees);
    return degrees;
  }

  private void choose(long t, FaceActivity activity) {
    double dice = chance.nextDouble();
    double side = chance.nextDouble(-1, 1);
    double height = chance.nextDouble(-1, 1);
    double stay = chance.nextDouble();
    boolean away =
        switch (activity) {
          case SPEAKING -> !aside && dice < .34;
          case LISTENING -> !aside && dice < .08;
          case THINKING -> !aside && dice < .8;
          case IDLE -> !aside && dice < .26;
        };
    aside = away;
    boolean thinking = away && activity == FaceActivity.THINKING;
    yaw = liveliness * (float) (away ? Math.copySign(4 + 6 * Math.abs(side), side) : side * 1.1);
    pitch = liveliness * (float) (thinking ? 6 + 4 * height : away ? 3 * height : height * .8);
    nextUs = t + (long) (away ? 350_000 + 700_000 * stay : 500_000 + 1_900_000 * stay);
  }

  void apply(long t, HeadPose head, float[] weights) {
    float moved = Curve.smooth(0, durationUs, t - startUs);
    float side = Curve.mix(fromYaw, yaw, moved) - .8f * head.yawDeg();
    float up = Curve.mix(fromPitch, pitch, moved) + .8f * head.pitchDeg();
    weights[LEFT_OUT] = weights[RIGHT_IN] = Curve.clamp01(side / SIDE_DEG);
    weights[LEFT_IN] = weights[RIGHT_OUT] = Curve.clamp01(-side / SIDE_DEG);
    weights[LEFT_UP] = weights[RIGHT_UP] = Curve.clamp01(weights[LEFT_UP] + up / UP_DEG);
    weights[LEFT_DOWN] = weights[RIGHT_DOWN] = Curve.clamp01(weights[LEFT_DOWN] - up / DOWN_DEG);
  }
}
