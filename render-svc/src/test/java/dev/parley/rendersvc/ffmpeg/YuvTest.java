package dev.parley.rendersvc.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;

/** Pictures as the encoder takes them. */
class YuvTest {
  private static final int WIDTH = 38;
  private static final int HEIGHT = 26;

  @Test
  void convertingOnlyWhatChangedGivesTheWholePicture() {
    Random random = new Random(5);
    int[] rgb = random.ints(WIDTH * HEIGHT, 0, 1 << 24).toArray();
    AVFrame frame = frame();
    Yuv yuv = new Yuv(WIDTH, HEIGHT, frame);
    for (int round = 0; round < 200; round++) {
      yuv.write(rgb, frame);
      AVFrame whole = frame();
      new Yuv(WIDTH, HEIGHT, whole).write(rgb, whole);
      for (int plane = 0; plane < 3; plane++) {
        assertThat(bytes(frame, plane)).isEqualTo(bytes(whole, plane));
      }
      av_frame_free(whole);
      for (int i = random.nextInt(4); i > 0; i--) {
        rgb[random.nextInt(rgb.length)] = random.nextInt(1 << 24);
      }
    }
    av_frame_free(frame);
  }

  @Test
  void whiteAndBlackTakeTheLimitedRange() {
    AVFrame frame = frame();
    int[] rgb = new int[WIDTH * HEIGHT];
    rgb[0] = 0xffffff;
    new Yuv(WIDTH, HEIGHT, frame).write(rgb, frame);
    assertThat(bytes(frame, 0)[0] & 255).isEqualTo(235);
    assertThat(bytes(frame, 0)[1] & 255).isEqualTo(16);
    assertThat(bytes(frame, 1)[5] & 255).isEqualTo(128);
    assertThat(bytes(frame, 2)[5] & 255).isEqualTo(128);
    av_frame_free(frame);
  }

  private static AVFrame frame() {
    AVFrame frame = av_frame_alloc();
    frame.format(AV_PIX_FMT_YUV420P).width(WIDTH).height(HEIGHT);
    av_frame_get_buffer(frame, 0);
    return frame;
  }

  private static byte[] bytes(AVFrame frame, int plane) {
    int stride = frame.linesize(plane);
    int width = plane == 0 ? WIDTH : WIDTH / 2;
    int height = plane == 0 ? HEIGHT : HEIGHT / 2;
    byte[] seen = new byte[width * height];
    for (int y = 0; y < height; y++) {
      frame.data(plane).position((long) y * stride).get(seen, y * width, width);
    }
    return seen;
  }
}
