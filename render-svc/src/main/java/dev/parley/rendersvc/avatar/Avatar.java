package dev.parley.rendersvc.avatar;

import java.util.List;

/**
 * A character's body for drawing. Immutable and shared.
 *
 * @param id the name of its file without {@code .glb}
 * @param parts its meshes in drawing order
 * @param centerX camera target, metres
 * @param centerY camera target, metres
 * @param centerZ camera target, metres
 */
public record Avatar(
    String id, List<MeshPart> parts, float centerX, float centerY, float centerZ) {}
