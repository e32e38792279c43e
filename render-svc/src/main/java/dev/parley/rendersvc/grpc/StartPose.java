package dev.parley.rendersvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.render.v1.AnimateConfig;
import dev.parley.rendersvc.face.Blendshapes;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.HeadPose;
import java.util.List;
import java.util.Optional;

/** The frame a caller showed last, from which an animation goes on. */
final class StartPose {
  private StartPose() {}

  /** None when the caller gave none; another number of values fails as an invalid argument. */
  static Optional<FaceFrame> of(AnimateConfig config) {
    if (config.getStartWeightsCount() == 0 && config.getStartHeadCount() == 0) {
      return Optional.empty();
    }
    float[] weights = values("start_weights", config.getStartWeightsList(), Blendshapes.COUNT);
    float[] head = values("start_head", config.getStartHeadList(), 6);
    return Optional.of(new FaceFrame(0, 0, weights, head(head)));
  }

  private static float[] values(String what, List<Float> given, int count) {
    if (!given.isEmpty() && given.size() != count) {
      throw Failure.invalid(what, given.size() + " values (expected none or " + count + ")");
    }
    float[] values = new float[count];
    for (int i = 0; i < given.size(); i++) {
      values[i] = given.get(i);
    }
    return values;
  }

  private static HeadPose head(float[] h) {
    return new HeadPose(degrees(h[0]), degrees(h[1]), degrees(h[2]), h[3], h[4], h[5]);
  }

  private static float degrees(float radians) {
    return (float) Math.toDegrees(radians);
  }
}
