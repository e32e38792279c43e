package dev.parley.rendersvc.avatar;

import java.util.List;

/**
 * One mesh of an avatar: metres, +Y up, +Z to the viewer, the character's left is +X.
 *
 * @param name {@code face eyes teeth tongue cloth hair brows lashes}
 * @param positions three a vertex
 * @param normals three a vertex
 * @param uvs two a vertex, v downwards
 * @param shades one a vertex, multiplies the colour (from COLOR_0), 1 where there is none
 * @param indices three a triangle, counter-clockwise seen from the front
 * @param material how it looks
 * @param morphs the blendshapes that move it
 */
public record MeshPart(
    String name,
    float[] positions,
    float[] normals,
    float[] uvs,
    float[] shades,
    int[] indices,
    Material material,
    List<MorphTarget> morphs) {
  public int vertexCount() {
    return positions.length / 3;
  }
}
