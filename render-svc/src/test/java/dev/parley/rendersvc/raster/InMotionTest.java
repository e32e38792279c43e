package dev.parley.rendersvc.raster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.face.FaceActivity;
import dev.parley.rendersvc.face.FaceAnimator;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.FaceSettings;
import dev.parley.rendersvc.face.Viseme;
import dev.parley.rendersvc.face.VisemeSpan;
import dev.parley.rendersvc.gltf.GlbAvatars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A speaking head, picture by picture: what saves work must not be seen. */
class InMotionTest {
  private static final Shot SHOT = new Shot(512, 512, Shot.NEUTRAL, Framing.PORTRAIT);

  @ParameterizedTest
  @ValueSource(strings = {"elena", "david", "amara"})
  void aPictureIsTheSameWhateverWasDrawnBefore(String id) {
    Avatar avatar = avatar(id);
    CpuRasteriser film = new CpuRasteriser(avatar, SHOT);
    List<FaceFrame> frames = speech(45, 3);
    for (int i = 0; i < frames.size(); i++) {
      int[] after = film.draw(frames.get(i)).rgb();
      if (i % 15 == 14) {
        assertThat(new CpuRasteriser(avatar, SHOT).draw(frames.get(i)).rgb()).isEqualTo(after);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"elena", "david", "amara"})
  void aMixedPictureIsTheDrawnOneToTheEye(String id) {
    Avatar avatar = avatar(id);
    CpuRasteriser mixing = new CpuRasteriser(avatar, SHOT);
    CpuRasteriser drawing = new CpuRasteriser(avatar, SHOT);
    List<FaceFrame> frames = speech(41, 4);
    mixing.draw(frames.getFirst());
    for (int i = 1; i < frames.size() - 1; i += 2) {
      mixing.draw(frames.get(i + 1));
      Difference difference =
          new Difference(mixing.between(frames.get(i)), drawing.draw(frames.get(i)));
      assertThat(difference.mean()).as("mean of 255, picture " + i).isLessThan(.4);
      assertThat(difference.decibels()).as("signal to noise, picture " + i).isGreaterThan(40);
    }
  }

  /** Mean and squared difference of two pictures. */
  private static final class Difference {
    private double sum;
    private double squares;
    private final int count;

    Difference(Picture one, Picture other) {
      count = 3 * one.rgb().length;
      for (int i = 0; i < one.rgb().length; i++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          int d = (one.rgb()[i] >> shift & 255) - (other.rgb()[i] >> shift & 255);
          sum += Math.abs(d);
          squares += d * d;
        }
      }
    }

    double mean() {
      return sum / count;
    }

    double decibels() {
      return 10 * Math.log10(255 * 255 / Math.max(1e-9, squares / count));
    }
  }

  private static List<FaceFrame> speech(int count, long seed) {
    FaceAnimator animator = new FaceAnimator(new FaceSettings(30, seed, 1), FaceActivity.SPEAKING);
    Random random = new Random(seed);
    Viseme[] all = Viseme.values();
    for (long at = 0; at < count * 33_333L; ) {
      long end = at + 50_000 + random.nextInt(70_000);
      animator.add(new VisemeSpan(all[random.nextInt(all.length)], at, end));
      at = end;
    }
    List<FaceFrame> frames = new ArrayList<>();
    animator.advance(count * 33_333L, frames::add);
    return frames;
  }

  private static Avatar avatar(String id) {
    return new GlbAvatars(Path.of("../avatars/models")).load(id);
  }
}
