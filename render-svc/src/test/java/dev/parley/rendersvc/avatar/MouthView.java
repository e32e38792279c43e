package dev.parley.rendersvc.avatar;

import java.util.List;

/** Looks into the mouth of an avatar from the front, for tests that ask whether the lips meet. */
public final class MouthView {
  private static final List<String> PARTS = List.of("face", "teeth", "tongue");
  private static final float TEXEL_M = .0004f;

  private final Avatar avatar;

  public MouthView(Avatar avatar) {
    this.avatar = avatar;
  }

  /** How far the lips stand apart at their widest, millimetres; 0 when they meet everywhere. */
  public float openingMm(float[] weights) {
    return view(weights).mouthOpeningMm();
  }

  /** How many square millimetres of teeth show. */
  public float teethMm2(float[] weights) {
    return view(weights).count("teeth") * TEXEL_M * TEXEL_M * 1e6f;
  }

  private FrontView view(float[] weights) {
    float y = avatar.centerY();
    return FrontView.of(
        avatar, weights, new float[] {-.04f, y - .075f, .04f, y - .005f}, TEXEL_M, PARTS);
  }
}
