package dev.parley.rendersvc.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.telemetry.NativeMemory;
import dev.parley.rendersvc.raster.Framing;
import dev.parley.rendersvc.raster.Picture;
import dev.parley.rendersvc.raster.Shot;
import dev.parley.rendersvc.video.FilmEncoder;
import dev.parley.rendersvc.video.FilmFragment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Encoders live in native memory: it goes with them, also when a film ends in the middle. */
class FilmMemoryTest {
  private static final int SIZE = 256;
  private static final Shot SHOT = new Shot(SIZE, SIZE, Shot.NEUTRAL, Framing.CLOSE);

  /** In bytes; one encoder that stayed would be some MiB a film. */
  private static final long MOST_GROWTH = 8 << 20;

  @Test
  void twoFilmsMadeAtOnceAreTheSameAsOneAfterTheOther() throws Exception {
    byte[] alone = film(20, true);
    try (var hands = Executors.newFixedThreadPool(2)) {
      Callable<byte[]> one = () -> film(20, true);
      for (Future<byte[]> both : hands.invokeAll(List.of(one, one))) {
        assertThat(both.get()).isEqualTo(alone);
      }
    }
  }

  @Test
  void aFilmLeftInTheMiddleClosesTwiceWithoutHarm() {
    FilmEncoder encoder = FragmentedMp4.encoders().open(SHOT, 30, 24_000);
    encoder.picture(picture(1));
    encoder.close();
    encoder.close();
    assertThat(film(3, true)).isNotEmpty();
  }

  /** 200 films of a second, every other one left in the middle. */
  @Test
  @EnabledIfSystemProperty(named = "parley.long", matches = "true")
  void twoHundredFilmsLeaveNothingBehind() {
    Assumptions.assumeTrue(NativeMemory.inUse().isPresent(), "the C library tells what is in use");
    long before = 0;
    for (int i = 0; i < 250; i++) {
      if (i == 50) {
        before = NativeMemory.inUse().getAsLong();
      }
      film(30, i % 2 == 0);
    }
    long grown = NativeMemory.inUse().getAsLong() - before;
    System.out.println("200 films: " + (grown >> 10) + " KiB more native memory in use");
    assertThat(grown).isLessThan(MOST_GROWTH);
  }

  private static byte[] film(int pictures, boolean whole) {
    List<FilmFragment> all = new ArrayList<>();
    try (FilmEncoder encoder = FragmentedMp4.encoders().open(SHOT, 30, 24_000)) {
      for (int i = 0; i < pictures; i++) {
        encoder.voice(new float[800]);
        encoder.picture(picture(i));
        all.addAll(encoder.take());
      }
      if (whole) {
        encoder.finish();
        all.addAll(encoder.take());
      }
    }
    int length = all.stream().mapToInt(f -> f.data().length).sum();
    var joined = java.nio.ByteBuffer.allocate(length);
    all.forEach(f -> joined.put(f.data()));
    return joined.array();
  }

  private static Picture picture(int i) {
    int[] rgb = new int[SIZE * SIZE];
    Arrays.fill(rgb, i * 7 << 16 | 0x4020);
    return new Picture(SIZE, SIZE, rgb);
  }
}
