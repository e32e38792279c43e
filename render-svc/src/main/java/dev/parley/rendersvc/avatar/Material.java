package dev.parley.rendersvc.avatar;

import java.util.Optional;

/**
 * How a surface looks, after glTF's metallic-roughness model with metallic 0.
 *
 * @param base colour (sRGB) and coverage
 * @param normal tangent-space normal map
 * @param normalScale strength of the normal map
 * @param surface occlusion in red, roughness in green
 * @param roughness 0 mirror to 1 matt; multiplies the map
 * @param specular factor on the reflection at normal incidence (KHR_materials_specular)
 * @param alpha how coverage is used
 * @param cutoff coverage below which a MASK surface is absent
 * @param doubleSided whether its back is drawn
 */
public record Material(
    Texture base,
    Optional<Texture> normal,
    float normalScale,
    Optional<Texture> surface,
    float roughness,
    float specular,
    Alpha alpha,
    float cutoff,
    boolean doubleSided) {
  /** glTF's alpha modes. */
  public enum Alpha {
    OPAQUE,
    MASK,
    BLEND
  }
}
