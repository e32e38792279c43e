package dev.parley.rendersvc.avatar;

import java.util.List;
import java.util.Optional;

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

  /** The same part with other colours and no relief. */
  public MeshPart withColours(Texture colours) {
    Material m = material;
    Material other =
        new Material(
            colours,
            Optional.empty(),
            1,
            m.surface(),
            m.roughness(),
            m.specular(),
            m.alpha(),
            m.cutoff(),
            m.doubleSided());
    return new MeshPart(name, positions, normals, uvs, shades, indices, other, morphs);
  }
}
