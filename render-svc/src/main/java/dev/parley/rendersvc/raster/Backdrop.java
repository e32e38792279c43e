package dev.parley.rendersvc.raster;

/** What stands behind the person: the page's soft light on a wall. */
public sealed interface Backdrop {
  /** From the colour in the middle to the one at the edges, packed sRGB. */
  record Wall(int middle, int edge) implements Backdrop {
    /** A wall of one colour, a little lighter behind the head. */
    public static Wall of(int rgb) {
      return new Wall(lighter(rgb), rgb);
    }

    private static int lighter(int rgb) {
      int lit = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int c = rgb >> shift & 255;
        lit |= c + (255 - c) * 12 / 100 << shift;
      }
      return lit;
    }
  }

  /** The pixels of it for a shot. */
  static int[] paint(Shot shot) {
    int[] rgb = new int[shot.width() * shot.height()];
    for (int y = 0, at = 0; y < shot.height(); y++) {
      for (int x = 0; x < shot.width(); x++) {
        rgb[at++] =
            switch (shot.backdrop()) {
              case Wall wall -> wall(wall, x + .5f, y + .5f, shot);
            };
      }
    }
    return rgb;
  }

  private static int wall(Wall wall, float x, float y, Shot shot) {
    float dx = .85f * (x - .5f * shot.width()) / shot.height();
    float dy = (shot.height() - y) / shot.height() - .56f;
    float t = Math.clamp(((float) Math.sqrt(dx * dx + dy * dy) - .05f) / .73f, 0f, 1f);
    t = t * t * (3 - 2 * t);
    int rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      float a = wall.middle() >> shift & 255;
      float b = wall.edge() >> shift & 255;
      rgb |= Math.round(a + (b - a) * t) << shift;
    }
    return rgb;
  }
}
