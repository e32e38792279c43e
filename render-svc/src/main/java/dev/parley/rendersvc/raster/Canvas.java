package dev.parley.rendersvc.raster;

import java.util.List;

/** Draws bodies that stand and are lit into a picture, band by band. */
final class Canvas {
  private final List<Body> solid;
  private final List<Body> blended;
  private final Band band;
  private final Bins bins;
  private final Bins cards;
  private final Shading shading;
  private final Overlay overlay;
  private final Swift swift;
  private final Columns all;
  private final int width;
  private final int height;

  /** {@code solid} are opaque or masked; {@code blended} are laid over them. */
  Canvas(Shot shot, Camera camera, List<Body> solid, List<Body> blended) {
    this.solid = solid;
    this.blended = blended;
    width = shot.width();
    height = shot.height();
    band = new Band(width, solid);
    swift = new Swift(shot);
    all = Columns.all(width, height);
    bins = new Bins(width, height);
    cards = new Bins(width, height);
    shading = new Shading(band, solid, camera);
    overlay = new Overlay(band, blended, new Ink(blended, camera));
  }

  /** Draws a whole picture. */
  void draw(Still still, Sheet sheet) {
    bins.sort(solid, all);
    cards.sort(blended, all);
    for (int i = 0; i < bins.bands(); i++) {
      int left = Math.min(bins.of(i).left(), cards.of(i).left());
      int right = Math.max(bins.of(i).right(), cards.of(i).right());
      sheet.begin(i, left, right);
      if (left < right) {
        band(i, left, right, still, sheet.picture.rgb());
      }
    }
  }

  /**
   * Draws a picture between two that are drawn, {@code share} of the way: mixed from them, but for
   * what moves far between them, which is drawn.
   */
  void between(Still still, Sheet before, Sheet after, float share, Sheet sheet) {
    swift.columns.clear();
    swift.look(solid, share);
    swift.look(blended, share);
    bins.sort(solid, swift.columns);
    cards.sort(blended, swift.columns);
    for (int i = 0; i < bins.bands(); i++) {
      sheet.mix(i, before, after, Math.round(256 * share));
      if (swift.columns.any(i)) {
        int left = swift.columns.left(i);
        int right = swift.columns.right(i);
        sheet.clear(i, left, right);
        band(i, left, right, still, sheet.picture.rgb());
      }
    }
  }

  private void band(int i, int left, int right, Still still, int[] rgb) {
    int top = i * Bins.ROWS;
    Area area = new Area(left, top, right, Math.min(height, top + Bins.ROWS));
    band.open(still, area);
    band.draw(bins.of(i));
    shading.resolve(bins.of(i), area, rgb, width);
    overlay.draw(cards.of(i), area, rgb);
  }

  /** Draws into what is still, for good. */
  void fix(Still still) {
    bins.sort(solid, all);
    for (int i = 0; i < bins.bands(); i++) {
      cards.of(i).clear(0, width);
      band(i, 0, width, still, still.rgb);
      still.keep(band, i * Bins.ROWS, Math.min(height, (i + 1) * Bins.ROWS));
    }
  }
}
