package dev.parley.rendersvc.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.failure.Failure;
import dev.parley.rendersvc.raster.Framing;
import dev.parley.rendersvc.raster.Picture;
import dev.parley.rendersvc.raster.Shot;
import dev.parley.rendersvc.video.FilmEncoder;
import dev.parley.rendersvc.video.FilmFragment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentedMp4Test {
  private static final Shot SHOT = new Shot(256, 320, Shot.NEUTRAL, Framing.CLOSE);

  @Test
  void aFilmDecodesBackWithItsPicturesItsVoiceAndItsLength(@TempDir Path folder) throws Exception {
    List<FilmFragment> film = film(30, 60, true);
    Path file = folder.resolve("film.mp4");
    Files.write(file, joined(film));
    Mp4Probe probe = Mp4Probe.of(file);
    assertThat(probe.pictures()).isEqualTo(60);
    assertThat(probe.width()).isEqualTo(256);
    assertThat(probe.height()).isEqualTo(320);
    assertThat(probe.voiceSeconds()).isCloseTo(2.0, within(.1));
    assertThat(probe.firstPixelRed()).isCloseTo(0.0, within(12.0));
    assertThat(probe.lastPixelRed()).isCloseTo(236.0, within(14.0));
    assertThat(probe.toneRms()).isCloseTo(.35, within(.08));
  }

  @Test
  void fragmentsAreShortAndTellMediaTime() {
    List<FilmFragment> film = film(60, 90, true);
    assertThat(film.getFirst().init()).isTrue();
    assertThat(film.getFirst().mimeType())
        .matches("video/mp4; codecs=\"avc1\\.[0-9A-F]{6},mp4a\\.40\\.2\"");
    assertThat(type(film.getFirst().data())).isEqualTo("ftyp");
    long next = 0;
    for (FilmFragment fragment : film.subList(1, film.size())) {
      assertThat(type(fragment.data())).isEqualTo("moof");
      assertThat(fragment.startUs()).isEqualTo(next);
      assertThat(fragment.durationUs()).isLessThanOrEqualTo(200_000);
      if (fragment.durationUs() > 0) {
        assertThat(pictureTimeUs(fragment.data(), 60)).isCloseTo(next, within(1_000L));
      }
      next += fragment.durationUs();
    }
    assertThat(next).isEqualTo(1_500_000);
  }

  @Test
  void silenceStandsWhereNothingWasSaid(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("silent.mp4");
    Files.write(file, joined(film(30, 45, false)));
    Mp4Probe probe = Mp4Probe.of(file);
    assertThat(probe.voiceSeconds()).isCloseTo(1.5, within(.1));
    assertThat(probe.toneRms()).isLessThan(.001);
  }

  @Test
  void aRateTheCodecDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> FragmentedMp4.encoders().open(SHOT, 30, 23_456))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("23456");
  }

  private static List<FilmFragment> film(int fps, int pictures, boolean tone) {
    List<FilmFragment> all = new ArrayList<>();
    try (FilmEncoder encoder = FragmentedMp4.encoders().open(SHOT, fps, 24_000)) {
      for (int i = 0; i < pictures; i++) {
        if (tone) {
          encoder.voice(tone(i * 24_000 / fps, 24_000 / fps));
        }
        int[] rgb = new int[256 * 320];
        Arrays.fill(rgb, (i * 4 * 30 / fps) << 16 | 0x4020);
        encoder.picture(new Picture(256, 320, rgb));
        all.addAll(encoder.take());
      }
      encoder.finish();
      all.addAll(encoder.take());
    }
    return all;
  }

  private static float[] tone(int from, int count) {
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = .5f * (float) Math.sin(2 * Math.PI * 440 * (from + i) / 24_000);
    }
    return samples;
  }

  private static byte[] joined(List<FilmFragment> film) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (FilmFragment fragment : film) {
      all.write(fragment.data());
    }
    return all.toByteArray();
  }

  private static String type(byte[] box) {
    return new String(box, 4, 4, StandardCharsets.US_ASCII);
  }

  /** The first {@code tfdt} of a fragment: the picture track's. */
  private static long pictureTimeUs(byte[] moof, int fps) {
    for (int i = 4; i + 16 < moof.length; i++) {
      if (moof[i] == 't' && moof[i + 1] == 'f' && moof[i + 2] == 'd' && moof[i + 3] == 't') {
        ByteBuffer box = ByteBuffer.wrap(moof, i + 4, 12);
        long time = box.getInt() >>> 24 == 1 ? box.getLong() : box.getInt();
        return time * 1_000_000 / timescale(fps);
      }
    }
    return -1;
  }

  /** FFmpeg doubles a time base until it is at least 10,000 a second. */
  private static long timescale(int fps) {
    long scale = fps;
    while (scale < 10_000) {
      scale *= 2;
    }
    return scale;
  }
}
