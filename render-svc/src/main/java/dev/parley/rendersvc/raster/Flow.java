package dev.parley.rendersvc.raster;

import java.util.Arrays;
import java.util.List;

/**
 * How a picture differs from a whole one near it in where things stand: on a grid over the picture,
 * how far away what is here stands there. Worked out from the vertices that are seen, and carried
 * on a little beyond them. At the picture's border nothing moves, so that what is fetched lies
 * within it.
 */
final class Flow {
  /** Pixels between two nodes. */
  static final int CELL = 16;

  private static final float SAMPLES = 2 * CELL;
  private static final float FARTHEST = 20;
  private static final int BEYOND = 3;

  /** Nodes in a row. */
  final int across;

  /** Samples (half pixels) to the right and down, a node. */
  final float[] right;

  final float[] down;
  private final int high;
  private final float[] weight;
  private final boolean[] known;
  private final boolean[] next;

  /** For pictures of a shot. */
  Flow(Shot shot) {
    across = shot.width() / CELL + 2;
    high = shot.height() / CELL + 2;
    int nodes = across * high;
    right = new float[nodes];
    down = new float[nodes];
    weight = new float[nodes];
    known = new boolean[nodes];
    next = new boolean[nodes];
  }

  /** Looks at bodies that stand, and at where they stood in the later or earlier whole picture. */
  void look(List<Body> bodies, boolean later) {
    Arrays.fill(weight, 0);
    Arrays.fill(right, 0);
    Arrays.fill(down, 0);
    for (Body body : bodies) {
      look(body, body.screen, body.there(later));
    }
    average();
    for (int i = 0; i < BEYOND; i++) {
      carryOn();
    }
  }

  private void look(Body body, float[] here, float[] there) {
    for (int v = 0, at = 0; at < here.length; v++, at += 3) {
      if (body.shown(v)) {
        float x = here[at] / SAMPLES;
        float y = here[at + 1] / SAMPLES;
        int column = (int) x;
        int row = (int) y;
        if (x > 0 && y > 0 && column < across - 1 && row < high - 1) {
          float dx = there[at] - here[at];
          float dy = there[at + 1] - here[at + 1];
          add(row * across + column, x - column, y - row, dx, dy);
        }
      }
    }
  }

  /** Shares a vertex among the four nodes round it. */
  private void add(int node, float x, float y, float dx, float dy) {
    add(node, (1 - x) * (1 - y), dx, dy);
    add(node + 1, x * (1 - y), dx, dy);
    add(node + across, (1 - x) * y, dx, dy);
    add(node + across + 1, x * y, dx, dy);
  }

  private void add(int node, float share, float dx, float dy) {
    weight[node] += share;
    right[node] += share * dx;
    down[node] += share * dy;
  }

  private void average() {
    for (int n = 0; n < weight.length; n++) {
      known[n] = weight[n] > 1e-3f;
      boolean border = border(n % across, across) || border(n / across, high);
      float share = known[n] && !border ? 1 / weight[n] : 0;
      right[n] = Math.clamp(share * right[n], -FARTHEST, FARTHEST);
      down[n] = Math.clamp(share * down[n], -FARTHEST, FARTHEST);
    }
  }

  private static boolean border(int node, int nodes) {
    return node < 2 || node > nodes - 4;
  }

  /** Gives nodes beside known ones their mean. */
  private void carryOn() {
    System.arraycopy(known, 0, next, 0, known.length);
    for (int row = 2; row < high - 3; row++) {
      for (int column = 2; column < across - 3; column++) {
        int n = row * across + column;
        int beside = is(n - 1) + is(n + 1) + is(n - across) + is(n + across);
        if (!known[n] && beside > 0) {
          next[n] = true;
          right[n] = sum(right, n) / beside;
          down[n] = sum(down, n) / beside;
        }
      }
    }
    System.arraycopy(next, 0, known, 0, known.length);
  }

  private int is(int node) {
    return known[node] ? 1 : 0;
  }

  private float sum(float[] f, int n) {
    float sum = is(n - 1) * f[n - 1] + is(n + 1) * f[n + 1];
    return sum + is(n - across) * f[n - across] + is(n + across) * f[n + across];
  }

  /** Squared samples between where a point stands in the other picture and where this puts it. */
  float off(float x, float y, float thereX, float thereY) {
    float atX = Math.clamp(x / SAMPLES, 0, across - 1.01f);
    float atY = Math.clamp(y / SAMPLES, 0, high - 1.01f);
    int column = (int) atX;
    int row = (int) atY;
    int n = row * across + column;
    float dx = x + mixed(right, n, atX - column, atY - row) - thereX;
    float dy = y + mixed(down, n, atX - column, atY - row) - thereY;
    return dx * dx + dy * dy;
  }

  private float mixed(float[] f, int n, float x, float y) {
    float above = f[n] + x * (f[n + 1] - f[n]);
    float below = f[n + across] + x * (f[n + across + 1] - f[n + across]);
    return above + y * (below - above);
  }
}
