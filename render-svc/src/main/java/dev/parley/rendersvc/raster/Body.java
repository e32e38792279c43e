package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.Material;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.MorphTarget;

/** One part of an avatar as it stands in the current frame: moved, projected and lit. */
final class Body {
  final MeshPart part;
  final Texture2 texture;
  /** Position, three a vertex, metres. */
  final float[] positions;
  /** Normal, three a vertex. */
  final float[] normals;
  /** Sample x, sample y, distance a vertex. */
  final float[] screen;
  /** Diffuse light r g b, then reflected light r g b a vertex. */
  final float[] light;

  final boolean blended;
  final boolean masked;
  final boolean glossy;
  private final float[] follow;
  private final float[] shade;

  Body(Avatar avatar, MeshPart part, float[] openSky) {
    this.part = part;
    this.texture = new Texture2(part);
    this.positions = new float[part.positions().length];
    this.normals = new float[part.normals().length];
    this.screen = new float[part.positions().length];
    this.light = new float[2 * part.positions().length];
    this.follow = HeadRig.weights(avatar, part);
    this.shade = openSky;
    Material.Alpha alpha = part.material().alpha();
    this.blended = alpha == Material.Alpha.BLEND;
    this.masked = alpha == Material.Alpha.MASK;
    this.glossy = part.material().roughness() < .2f && part.material().surface().isEmpty();
  }

  /** Takes the frame's weights, the head and the camera. */
  void stand(float[] weights, HeadRig rig, Camera camera) {
    System.arraycopy(part.positions(), 0, positions, 0, positions.length);
    System.arraycopy(part.normals(), 0, normals, 0, normals.length);
    for (MorphTarget morph : part.morphs()) {
      float weight = weights[morph.blendshape()];
      if (weight > 1e-3f) {
        add(morph, weight);
      }
    }
    for (int v = 0, at = 0; v < follow.length; v++, at += 3) {
      if (follow[v] > 0) {
        rig.move(positions, at, follow[v]);
        rig.turn(normals, at, follow[v]);
      }
      camera.project(positions[at], positions[at + 1], positions[at + 2], screen, at);
    }
  }

  void light(VertexLight lamp) {
    lamp.shine(this, shade);
  }

  private void add(MorphTarget morph, float weight) {
    int[] vertices = morph.vertices();
    float[] moves = morph.positions();
    float[] turns = morph.normals();
    for (int i = 0, from = 0; i < vertices.length; i++, from += 3) {
      int to = 3 * vertices[i];
      positions[to] += weight * moves[from];
      positions[to + 1] += weight * moves[from + 1];
      positions[to + 2] += weight * moves[from + 2];
      normals[to] += weight * turns[from];
      normals[to + 1] += weight * turns[from + 1];
      normals[to + 2] += weight * turns[from + 2];
    }
  }
}
