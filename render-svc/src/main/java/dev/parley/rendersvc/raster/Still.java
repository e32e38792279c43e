package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import java.util.Arrays;

/** What never moves, drawn once a film: the backdrop and the clothes, which melt into it. */
final class Still {
  private static final float EYES_UP = .035f;
  private static final float FLOOR_DOWN = .345f;
  private static final float SIDE_BEGIN = .17f;
  private static final float SIDE_END = .285f;
  private static final float FADE = .09f;

  final int[] rgb;
  private final int width;
  private final int height;
  private final int[] seen;
  private final boolean[] empty;

  /** The backdrop alone. */
  Still(Shot shot) {
    width = shot.width();
    height = shot.height();
    seen = new int[4 * width * height];
    Arrays.fill(seen, Sample.NOTHING);
    empty = new boolean[2 * height];
    Arrays.fill(empty, true);
    rgb = Backdrop.paint(shot);
  }

  /** Whether nothing stands in a row of samples. */
  boolean empty(int row) {
    return empty[row];
  }

  /** Copies samples of a row. */
  void copy(int row, int from, int to, int[] into, int at) {
    System.arraycopy(seen, row * 2 * width + from, into, at, to - from);
  }

  /** Takes over what a band shows. */
  void keep(Band band, int top, int bottom) {
    for (int row = 2 * top; row < 2 * bottom; row++) {
      for (int x = 0; x < 2 * width; x++) {
        int sample = Sample.still(band.seen[(row - 2 * top) * 2 * width + x]);
        seen[row * 2 * width + x] = sample;
        empty[row] &= sample == Sample.NOTHING;
      }
    }
  }

  /** Shoulders fade where the model ends, by the page's numbers. */
  void melt(Avatar avatar, Camera camera, int[] behind) {
    float floor = avatar.centerY() + EYES_UP - FLOOR_DOWN;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sample = seen[4 * y * width + 2 * x];
        if (sample != Sample.NOTHING) {
          float distance = Sample.metres(sample);
          float side = Math.abs(camera.worldX(2 * x + 1, distance));
          float up = camera.worldY(2 * y + 1, distance);
          float there = (1 - smooth(SIDE_BEGIN, SIDE_END, side)) * smooth(floor, floor + FADE, up);
          int at = y * width + x;
          rgb[at] = mix(behind[at], rgb[at], there);
        }
      }
    }
  }

  private static float smooth(float from, float to, float x) {
    float t = Math.clamp((x - from) / (to - from), 0f, 1f);
    return t * t * (3 - 2 * t);
  }

  private static int mix(int a, int b, float share) {
    int s = Math.round(share * 256);
    int even = (a & 0xff00ff) * (256 - s) + (b & 0xff00ff) * s;
    int odd = (a >> 8 & 255) * (256 - s) + (b >> 8 & 255) * s;
    return even >>> 8 & 0xff00ff | odd & 0xff00;
  }
}
