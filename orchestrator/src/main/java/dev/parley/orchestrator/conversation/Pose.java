package dev.parley.orchestrator.conversation;

import java.util.Arrays;

/**
 * One frame of a face; both arrays are empty at rest and nobody changes them.
 *
 * @param weights of the blendshapes, 0 to 1
 * @param head pitch, yaw, roll in radians; x, y, z in metres
 */
public record Pose(float[] weights, float[] head) {
  /** At rest. */
  public static final Pose REST = new Pose(new float[0], new float[0]);

  private static final int HEAD = 6;

  /** The last of so many frames. */
  static Pose last(float[] weights, float[] head, int count) {
    if (count == 0) {
      return REST;
    }
    int names = weights.length / count;
    float[] last = Arrays.copyOfRange(weights, (count - 1) * names, count * names);
    int from = Math.max(0, head.length - HEAD);
    return new Pose(last, Arrays.copyOfRange(head, from, head.length));
  }
}
