package dev.parley.rendersvc.face;

/**
 * A face at one moment.
 *
 * @param index frame number on its clock, from 0
 * @param mediaTimeUs the moment, microseconds
 * @param weights 52 weights of 0 to 1 in {@link Blendshapes#NAMES} order; not to be changed
 * @param head the head's pose
 */
public record FaceFrame(long index, long mediaTimeUs, float[] weights, HeadPose head) {
  /** The weight of one blendshape. */
  public float weight(String name) {
    return weights[Blendshapes.index(name)];
  }
}
