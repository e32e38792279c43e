package dev.parley.rendersvc.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** RGB to YUV 4:2:0 after BT.709, limited range, in 16-bit fixed point. */
final class Yuv {
  private final int width;
  private final int height;
  private final byte[] luma;
  private final byte[] blue;
  private final byte[] red;

  Yuv(int width, int height) {
    this.width = width;
    this.height = height;
    luma = new byte[width];
    blue = new byte[width / 2];
    red = new byte[width / 2];
  }

  void write(int[] rgb, AVFrame frame) {
    for (int y = 0; y < height; y++) {
      int row = y * width;
      for (int x = 0; x < width; x++) {
        int p = rgb[row + x];
        luma[x] =
            (byte)
                (((p >> 16 & 255) * 11966 + (p >> 8 & 255) * 40254 + (p & 255) * 4064 + 1081344)
                    >> 16);
      }
      frame.data(0).position((long) y * frame.linesize(0)).put(luma, 0, width);
      if ((y & 1) == 0) {
        chroma(rgb, row);
        frame.data(1).position((long) (y / 2) * frame.linesize(1)).put(blue, 0, width / 2);
        frame.data(2).position((long) (y / 2) * frame.linesize(2)).put(red, 0, width / 2);
      }
    }
  }

  private void chroma(int[] rgb, int row) {
    for (int x = 0; x < width / 2; x++) {
      int a = rgb[row + 2 * x];
      int b = rgb[row + 2 * x + 1];
      int c = rgb[row + width + 2 * x];
      int d = rgb[row + width + 2 * x + 1];
      int r = (a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255);
      int g = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255);
      int l = (a & 255) + (b & 255) + (c & 255) + (d & 255);
      blue[x] = (byte) ((r * -6596 + g * -22188 + l * 28784 + 33685504) >> 18);
      red[x] = (byte) ((r * 28784 + g * -26145 + l * -2639 + 33685504) >> 18);
    }
  }
}
