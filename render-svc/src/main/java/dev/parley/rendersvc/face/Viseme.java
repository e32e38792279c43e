package dev.parley.rendersvc.face;

import java.util.Locale;
import java.util.Optional;

/**
 * The 15 Oculus visemes with the ARKit weights each one has at full articulation.
 *
 * <p>The weights were tuned by eye on the shipped avatars. {@code strength} is how much a viseme
 * insists against its neighbours (dominance in the sense of Cohen and Massaro, 1993); {@code round}
 * marks those whose lip rounding spreads into the neighbours.
 */
public enum Viseme {
  SIL("", .55f, false),
  PP("jawOpen=.04,mouthClose=.04,mouthPress_=.40,mouthRollLower=.28,mouthRollUpper=.22", 1f, false),
  FF("jawOpen=.20,mouthRollLower=.80,mouthUpperUp_=.75", 1f, false),
  TH("jawOpen=.20,tongueOut=.30,mouthUpperUp_=.12,mouthLowerDown_=.15", .9f, false),
  DD("jawOpen=.16,mouthUpperUp_=.12,mouthLowerDown_=.22,mouthStretch_=.08", .7f, false),
  KK("jawOpen=.26,mouthLowerDown_=.15,mouthUpperUp_=.10,mouthStretch_=.10", .5f, false),
  CH("jawOpen=.08,mouthFunnel=.45,mouthPucker=.25,mouthLowerDown_=.10", 1f, true),
  SS(
      "jawOpen=.06,mouthStretch_=.25,mouthSmile_=.12,mouthLowerDown_=.32,mouthUpperUp_=.22",
      .9f,
      false),
  NN("jawOpen=.18,mouthUpperUp_=.14,mouthLowerDown_=.18", .6f, false),
  RR("jawOpen=.12,mouthFunnel=.25,mouthPucker=.30", .7f, true),
  AA("jawOpen=.62,mouthLowerDown_=.10,mouthUpperUp_=.12", 1.15f, false),
  E(
      "jawOpen=.30,mouthStretch_=.25,mouthSmile_=.18,mouthLowerDown_=.22,mouthUpperUp_=.12",
      1f,
      false),
  IH(
      "jawOpen=.20,mouthSmile_=.22,mouthStretch_=.15,mouthLowerDown_=.20,mouthUpperUp_=.12",
      .9f,
      false),
  OH("jawOpen=.36,mouthFunnel=.30,mouthPucker=.45", 1.15f, true),
  OU("jawOpen=.10,mouthPucker=.88,mouthFunnel=.18", 1.1f, true);

  private final float[] weights;
  private final float strength;
  private final boolean round;

  Viseme(String pose, float strength, boolean round) {
    this.weights = Blendshapes.pose(pose);
    this.strength = strength;
    this.round = round;
  }

  /** Finds a viseme by its Oculus name, whatever the case ({@code sil, PP, kk, aa, ...}). */
  public static Optional<Viseme> named(String name) {
    try {
      return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  float weight(int blendshape) {
    return weights[blendshape];
  }

  float strength() {
    return strength;
  }

  boolean round() {
    return round;
  }
}
