package dev.parley.rendersvc.raster;

import java.util.List;

/**
 * Where a picture cannot be bent from a whole one near it: the columns of each band in which
 * something that is seen moves otherwise than what is round it. Elsewhere it differs from a drawn
 * picture by less than an encoder's loss.
 */
final class Swift {
  /** Samples (half pixels) between where a vertex was and where {@link Flow} puts it. */
  private static final float OFF = .5f;

  private static final int MARGIN = 2;

  final Columns columns;
  private final Flow flow;
  private final int width;
  private final int height;

  Swift(Shot shot, Flow flow) {
    this.flow = flow;
    width = shot.width();
    height = shot.height();
    columns = new Columns(height);
  }

  /** Looks at bodies that stand, after the flow did. */
  void look(List<Body> bodies, boolean later) {
    columns.clear();
    for (Body body : bodies) {
      if (swift(body, body.there(later))) {
        look(body, body.there(later));
      }
    }
  }

  private boolean swift(Body body, float[] there) {
    float[] s = body.screen;
    boolean any = false;
    for (int v = 0, at = 0; v < body.swift.length; v++, at += 3) {
      boolean is =
          body.shown(v) && flow.off(s[at], s[at + 1], there[at], there[at + 1]) > OFF * OFF;
      body.swift[v] = is;
      any |= is;
    }
    return any;
  }

  private void look(Body body, float[] there) {
    int[] order = body.strands.order;
    int[] corners = body.strands.corners;
    for (int i = 0; i < order.length; i++) {
      int a = corners[3 * i];
      int b = corners[3 * i + 1];
      int c = corners[3 * i + 2];
      if ((body.swift[a / 3] || body.swift[b / 3] || body.swift[c / 3]) && body.likely(order[i])) {
        mark(body.screen, a, b, c);
        mark(there, a, b, c);
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
