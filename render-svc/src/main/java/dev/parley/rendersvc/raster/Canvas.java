package dev.parley.rendersvc.raster;

import java.util.List;

/** Draws bodies that stand and are lit into a picture, band by band. */
final class Canvas {
  private final List<Body> solid;
  private final List<Body> blended;
  private final Ink ink;
  private final Band band;
  private final Bins bins;
  private final Bins cards;
  private final Shading shading;
  private final Overlay overlay;
  private final int width;
  private final int height;

  /** {@code solid} are opaque or masked; {@code blended} are laid over them. */
  Canvas(Shot shot, Camera camera, List<Body> solid, List<Body> blended) {
    this.solid = solid;
    this.blended = blended;
    width = shot.width();
    height = shot.height();
    ink = new Ink(camera);
    band = new Band(width, solid);
    bins = new Bins(width, height);
    cards = new Bins(width, height);
    shading = new Shading(band, solid, ink);
    overlay = new Overlay(band, blended, ink);
  }

  /** Draws over what is still, into {@code rgb}; returns the area that was drawn. */
  Area draw(Still still, int[] rgb) {
    Area area = Area.of(solid, width, height);
    bins.sort(solid);
    cards.sort(blended);
    for (int i = area.top / Bins.ROWS; i * Bins.ROWS < area.bottom; i++) {
      int top = i * Bins.ROWS;
      int bottom = Math.min(height, top + Bins.ROWS);
      band.open(still, top, bottom, area);
      band.draw(bins.list(i), bins.count(i));
      ink.next(bins.count(i));
      shading.resolve(top, bottom, area, rgb, width);
      overlay.draw(cards.list(i), cards.count(i), top, bottom, rgb);
    }
    return area;
  }

  /** Draws into what is still, for good. */
  void fix(Still still) {
    Area all = new Area(0, 0, width, height);
    bins.sort(solid);
    for (int i = 0; i < bins.bands(); i++) {
      int top = i * Bins.ROWS;
      int bottom = Math.min(height, top + Bins.ROWS);
      band.open(still, top, bottom, all);
      band.draw(bins.list(i), bins.count(i));
      ink.next(bins.count(i));
      shading.resolve(top, bottom, all, still.rgb, width);
      still.keep(band, top, bottom);
    }
  }
}
