package dev.parley.rendersvc.avatar;

import java.util.Arrays;
import java.util.List;

/**
 * An avatar seen from the front without perspective: which part is foremost where, and which place
 * of its texture shows. It shares no code with the rasteriser, so that tests do not believe it.
 */
public final class FrontView {
  private static final int NOTHING = -1;

  private final float left;
  private final float bottom;
  private final float texelM;
  private final int columns;
  private final int rows;
  private final float[] depth;
  private final int[] seen;
  private final float[] u;
  private final float[] v;
  private final List<String> names;

  private FrontView(float[] box, float texelM, List<String> names) {
    this.left = box[0];
    this.bottom = box[1];
    this.texelM = texelM;
    this.names = names;
    columns = (int) ((box[2] - left) / texelM);
    rows = (int) ((box[3] - bottom) / texelM);
    depth = new float[columns * rows];
    seen = new int[columns * rows];
    u = new float[columns * rows];
    v = new float[columns * rows];
    Arrays.fill(depth, Float.NEGATIVE_INFINITY);
    Arrays.fill(seen, NOTHING);
  }

  /** Draws the named parts; {@code box} is left, bottom, right, top in metres. */
  public static FrontView of(
      Avatar avatar, float[] weights, float[] box, float texelM, List<String> names) {
    FrontView view = new FrontView(box, texelM, names);
    for (MeshPart part : avatar.parts()) {
      if (names.contains(part.name())) {
        view.draw(part, pose(part, weights));
      }
    }
    return view;
  }

  /** The positions of a part with 52 weights set. */
  static float[] pose(MeshPart part, float[] weights) {
    float[] posed = part.positions().clone();
    for (MorphTarget morph : part.morphs()) {
      float weight = weights[morph.blendshape()];
      for (int i = 0; weight != 0 && i < morph.vertices().length; i++) {
        for (int k = 0; k < 3; k++) {
          posed[3 * morph.vertices()[i] + k] += weight * morph.positions()[3 * i + k];
        }
      }
    }
    return posed;
  }

  public int count(String name) {
    int part = names.indexOf(name);
    return (int) Arrays.stream(seen).filter(s -> s == part).count();
  }

  public int empty() {
    return (int) Arrays.stream(seen).filter(s -> s == NOTHING).count();
  }

  /** The tallest column that shows the inside of the mouth, teeth or tongue, millimetres. */
  public float mouthOpeningMm() {
    int tallest = 0;
    for (int x = 0; x < columns; x++) {
      int open = 0;
      for (int y = 0; y < rows; y++) {
        open += insideOfMouth(y * columns + x) ? 1 : 0;
      }
      tallest = Math.max(tallest, open);
    }
    return tallest * texelM * 1000;
  }

  private boolean insideOfMouth(int at) {
    if (seen[at] == NOTHING) {
      return false;
    }
    String name = names.get(seen[at]);
    boolean island = u[at] > .825f && v[at] > .80f;
    return name.equals("teeth") || name.equals("tongue") || name.equals("face") && island;
  }

  private void draw(MeshPart part, float[] p) {
    int number = names.indexOf(part.name());
    int[] indices = part.indices();
    for (int i = 0; i < indices.length; i += 3) {
      triangle(part, p, number, indices[i], indices[i + 1], indices[i + 2]);
    }
  }

  private void triangle(MeshPart part, float[] p, int number, int a, int b, int c) {
    float ax = column(p, a);
    float ay = row(p, a);
    float bx = column(p, b) - ax;
    float by = row(p, b) - ay;
    float cx = column(p, c) - ax;
    float cy = row(p, c) - ay;
    float area = bx * cy - by * cx;
    if (area <= 1e-9f) {
      return; // seen from behind
    }
    int fromX = (int) Math.max(0, Math.ceil(ax + Math.min(0, Math.min(bx, cx))));
    int toX = (int) Math.min(columns - 1, Math.floor(ax + Math.max(0, Math.max(bx, cx))));
    int fromY = (int) Math.max(0, Math.ceil(ay + Math.min(0, Math.min(by, cy))));
    int toY = (int) Math.min(rows - 1, Math.floor(ay + Math.max(0, Math.max(by, cy))));
    for (int y = fromY; y <= toY; y++) {
      for (int x = fromX; x <= toX; x++) {
        float s = ((x - ax) * cy - (y - ay) * cx) / area;
        float t = (bx * (y - ay) - by * (x - ax)) / area;
        float z = (1 - s - t) * p[3 * a + 2] + s * p[3 * b + 2] + t * p[3 * c + 2];
        int at = y * columns + x;
        if (s >= 0 && t >= 0 && s + t <= 1 && z > depth[at]) {
          depth[at] = z;
          seen[at] = number;
          u[at] = mix(part.uvs(), 0, a, b, c, s, t);
          v[at] = mix(part.uvs(), 1, a, b, c, s, t);
        }
      }
    }
  }

  private static float mix(float[] uvs, int k, int a, int b, int c, float s, float t) {
    return (1 - s - t) * uvs[2 * a + k] + s * uvs[2 * b + k] + t * uvs[2 * c + k];
  }

  private float column(float[] p, int vertex) {
    return (p[3 * vertex] - left) / texelM - .5f;
  }

  private float row(float[] p, int vertex) {
    return (p[3 * vertex + 1] - bottom) / texelM - .5f;
  }
}
