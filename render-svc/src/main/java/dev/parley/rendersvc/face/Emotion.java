package dev.parley.rendersvc.face;

/** A feeling shown on the whole face, as ARKit weights at full strength. */
public enum Emotion {
  NEUTRAL(""),
  JOY(
      "mouthSmile_=.75,mouthUpperUp_=.10,cheekSquint_=.45,eyeSquint_=.20,mouthDimple_=.15,"
          + "browOuterUp_=.10"),
  SADNESS("browInnerUp=.85,mouthFrown_=.55,mouthShrugLower=.30,eyeLookDown_=.20,eyeSquint_=.10"),
  SURPRISE("browInnerUp=.70,browOuterUp_=.75,eyeWide_=.75"),
  ANGER("browDown_=.90,eyeSquint_=.30,noseSneer_=.45,mouthFrown_=.30,jawForward=.15"),
  CONCERN("browInnerUp=.60,browDown_=.25,mouthFrown_=.20,eyeSquint_=.12");

  private final float[] weights;

  Emotion(String pose) {
    weights = Blendshapes.pose(pose);
  }

  float weight(int blendshape) {
    return weights[blendshape];
  }
}
