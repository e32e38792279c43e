package dev.parley.rendersvc.ffmpeg;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * RGB to YUV 4:2:0 after BT.709, limited range, in 16-bit fixed point. Only what differs from the
 * picture before is converted: most of a film's backdrop never changes.
 */
final class Yuv {
  private final int width;
  private final int height;
  private final int[] before;
  private final byte[][] planes = new byte[3][];
  private final int[] strides = new int[3];
  private boolean first = true;
  private int left;
  private int right;

  /** For frames laid out as this one. */
  Yuv(int width, int height, AVFrame frame) {
    this.width = width;
    this.height = height;
    before = new int[width * height];
    for (int i = 0; i < 3; i++) {
      strides[i] = frame.linesize(i);
      planes[i] = new byte[strides[i] * (i == 0 ? height : height / 2)];
    }
  }

  /** Converts a picture into a frame. */
  void write(int[] rgb, AVFrame frame) {
    for (int y = 0; y < height; y += 2) {
      left = width;
      right = 0;
      differ(rgb, y * width);
      differ(rgb, (y + 1) * width);
      if (left < right) {
        left &= ~1;
        right = right + 1 & ~1;
        luma(rgb, y);
        luma(rgb, y + 1);
        chroma(rgb, y);
      }
    }
    first = false;
    for (int i = 0; i < 3; i++) {
      frame.data(i).put(planes[i], 0, planes[i].length);
    }
  }

  /** Widens the range of columns by those of a row that changed, and remembers them. */
  private void differ(int[] rgb, int row) {
    int end = row + width;
    int from = first ? 0 : Arrays.mismatch(rgb, row, end, before, row, end);
    if (from < 0) {
      return;
    }
    int to = width;
    while (!first && rgb[row + to - 1] == before[row + to - 1]) {
      to--;
    }
    System.arraycopy(rgb, row + from, before, row + from, to - from);
    left = Math.min(left, from);
    right = Math.max(right, to);
  }

  private void luma(int[] rgb, int y) {
    byte[] luma = planes[0];
    int to = y * strides[0];
    int from = y * width;
    for (int x = left; x < right; x++) {
      int p = rgb[from + x];
      luma[to + x] =
          (byte)
              (((p >> 16 & 255) * 11966 + (p >> 8 & 255) * 40254 + (p & 255) * 4064 + 1081344)
                  >> 16);
    }
  }

  private void chroma(int[] rgb, int y) {
    int toBlue = y / 2 * strides[1];
    int toRed = y / 2 * strides[2];
    for (int x = left / 2; x < right / 2; x++) {
      int at = y * width + 2 * x;
      int a = rgb[at];
      int b = rgb[at + 1];
      int c = rgb[at + width];
      int d = rgb[at + width + 1];
      int even = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
      int g = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255);
      int r = even >> 16;
      int l = even & 0xffff;
      planes[1][toBlue + x] = (byte) ((r * -6596 + g * -22188 + l * 28784 + 33685504) >> 18);
      planes[2][toRed + x] = (byte) ((r * 28784 + g * -26145 + l * -2639 + 33685504) >> 18);
    }
  }
}
