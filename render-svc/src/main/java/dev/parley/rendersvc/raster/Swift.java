package dev.parley.rendersvc.raster;

import java.util.List;

/**
 * Where a picture cannot be mixed from the one before and the one after it: the columns of each
 * band in which something that is seen moves far, or not evenly. Elsewhere the mixture differs from
 * a drawn picture by less than an encoder's loss.
 */
final class Swift {
  /** Samples (half pixels) from the picture before to the one after. */
  private static final float FAR = 1f;

  /** Samples off the straight way. */
  private static final float UNEVEN = .3f;

  private static final int MARGIN = 2;

  final Columns columns;
  private final int width;
  private final int height;

  Swift(Shot shot) {
    width = shot.width();
    height = shot.height();
    columns = new Columns(height);
  }

  /**
   * Adds where bodies are swift that stand where they are {@code share} of the way between two
   * pictures.
   */
  void look(List<Body> bodies, float share) {
    for (Body body : bodies) {
      if (swift(body, share)) {
        look(body);
      }
    }
  }

  private static boolean swift(Body body, float share) {
    float[] s = body.screen;
    float[] before = body.before;
    float[] after = body.after;
    boolean any = false;
    for (int v = 0, at = 0; v < body.swift.length; v++, at += 3) {
      float dx = after[at] - before[at];
      float dy = after[at + 1] - before[at + 1];
      float offX = before[at] + share * dx - s[at];
      float offY = before[at + 1] + share * dy - s[at + 1];
      boolean far = dx * dx + dy * dy > FAR * FAR;
      boolean is = far || offX * offX + offY * offY > UNEVEN * UNEVEN;
      body.swift[v] = is;
      any |= is;
    }
    return any;
  }

  private void look(Body body) {
    int[] order = body.strands.order;
    int[] corners = body.strands.corners;
    for (int i = 0; i < order.length; i++) {
      int a = corners[3 * i];
      int b = corners[3 * i + 1];
      int c = corners[3 * i + 2];
      if ((body.swift[a / 3] || body.swift[b / 3] || body.swift[c / 3]) && body.likely(order[i])) {
        mark(body.before, a, b, c);
        mark(body.screen, a, b, c);
        mark(body.after, a, b, c);
      }
    }
  }

  private void mark(float[] s, int a, int b, int c) {
    int left = low(Math.min(s[a], Math.min(s[b], s[c])), width);
    int right = high(Math.max(s[a], Math.max(s[b], s[c])), width);
    int top = low(Math.min(s[a + 1], Math.min(s[b + 1], s[c + 1])), height);
    int bottom = high(Math.max(s[a + 1], Math.max(s[b + 1], s[c + 1])), height);
    for (int band = top / Bins.ROWS; band * Bins.ROWS < bottom && left < right; band++) {
      columns.widen(band, left, right);
    }
  }

  private static int low(float sample, int size) {
    return Math.clamp((int) (sample / 2) - MARGIN, 0, size);
  }

  private static int high(float sample, int size) {
    return Math.clamp((int) (sample / 2) + MARGIN + 1, 0, size);
  }
}
