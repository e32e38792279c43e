package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.Material;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.MorphTarget;

/**
 * One part of an avatar as it stands in the current frame: moved, projected and lit. One array a
 * coordinate, so that the loops over the vertices compile to vector instructions.
 */
final class Body {
  /** For how many pictures a triangle that was seen is likely to be seen again. */
  private static final int LATELY = 4;

  final MeshPart part;
  final Skin skin;

  final float[] px;
  final float[] py;
  final float[] pz;
  final float[] nx;
  final float[] ny;
  final float[] nz;

  /** Sample x, sample y, distance a vertex. */
  final float[] screen;

  /** The same in the last two whole pictures, and whether each vertex is swift between them. */
  float[] before;

  float[] after;
  final boolean[] swift;

  /** Light on the front, and on the back where the part has one. */
  final LitVertices front;

  final LitVertices back;
  final Strands strands;
  final boolean glossy;
  private final float[][] rest;
  private final float[] follow;
  private final int[] seenAt;
  private int moment = LATELY;

  Body(Avatar avatar, MeshPart part, Skin skin, Shadows shadows) {
    this.part = part;
    this.skin = skin;
    rest = split(part);
    px = rest[0].clone();
    py = rest[1].clone();
    pz = rest[2].clone();
    nx = rest[3].clone();
    ny = rest[4].clone();
    nz = rest[5].clone();
    screen = new float[part.positions().length];
    before = new float[screen.length];
    after = new float[screen.length];
    swift = new boolean[part.vertexCount()];
    front = new LitVertices(this, shadows, 1);
    back = part.material().doubleSided() ? new LitVertices(this, shadows, -1) : front;
    strands = new Strands(part);
    glossy = skin.roughness() < Gloss.SMOOTH;
    follow = HeadRig.weights(avatar, part);
    seenAt = new int[part.indices().length / 3];
  }

  private static float[][] split(MeshPart part) {
    int count = part.vertexCount();
    float[][] rest = new float[6][count];
    for (int v = 0; v < count; v++) {
      for (int k = 0; k < 3; k++) {
        rest[k][v] = part.positions()[3 * v + k];
        rest[3 + k][v] = part.normals()[3 * v + k];
      }
    }
    return rest;
  }

  boolean blended() {
    return part.material().alpha() == Material.Alpha.BLEND;
  }

  /** Whether neither the head nor a blendshape moves it. */
  boolean still() {
    return part.name().equals("cloth") && part.morphs().isEmpty();
  }

  /** Notes that a triangle is seen in this frame. */
  void seen(int triangle) {
    seenAt[triangle] = moment;
  }

  /** Whether a triangle was seen lately. */
  boolean likely(int triangle) {
    return moment - seenAt[triangle] < LATELY;
  }

  /** Takes the frame's weights, the head and the camera. */
  void stand(float[] weights, HeadRig rig, Camera camera) {
    moment++;
    float[][] now = {px, py, pz, nx, ny, nz};
    for (int k = 0; k < 6; k++) {
      System.arraycopy(rest[k], 0, now[k], 0, px.length);
    }
    for (MorphTarget morph : part.morphs()) {
      float weight = weights[morph.blendshape()];
      if (weight > 1e-3f) {
        add(morph, weight);
      }
    }
    rig.move(px, py, pz, follow);
    rig.turn(nx, ny, nz, follow);
    camera.project(px, py, pz, screen);
  }

  /** Forgets its light, as it has moved. */
  void darken() {
    front.darken();
    back.darken();
  }

  /** Remembers where it stands for {@link Swift}. */
  void keep() {
    float[] oldest = before;
    before = after;
    after = oldest;
    System.arraycopy(screen, 0, after, 0, screen.length);
  }

  private void add(MorphTarget morph, float weight) {
    int[] vertices = morph.vertices();
    float[] moves = morph.positions();
    float[] turns = morph.normals();
    for (int i = 0, from = 0; i < vertices.length; i++, from += 3) {
      int v = vertices[i];
      px[v] += weight * moves[from];
      py[v] += weight * moves[from + 1];
      pz[v] += weight * moves[from + 2];
      nx[v] += weight * turns[from];
      ny[v] += weight * turns[from + 1];
      nz[v] += weight * turns[from + 2];
    }
  }
}
