package dev.parley.rendersvc.avatar;

/**
 * What one blendshape moves, as a sparse list.
 *
 * @param blendshape index in ARKit order
 * @param vertices the vertices moved
 * @param positions three metres for each
 * @param normals three for each
 */
public record MorphTarget(int blendshape, int[] vertices, float[] positions, float[] normals) {}
