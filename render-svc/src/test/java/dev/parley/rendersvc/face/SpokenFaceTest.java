package dev.parley.rendersvc.face;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rendersvc.avatar.MouthView;
import dev.parley.rendersvc.gltf.GlbAvatars;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the mouth says, measured on the meshes that ship: real speech of the voices, and made-up.
 */
class SpokenFaceTest {
  private static final GlbAvatars SHELF = new GlbAvatars(Path.of("../avatars/models"));
  private static final int FPS = 60;

  static List<String> ids() {
    return SHELF.ids();
  }

  static Stream<Said> anything() {
    return Stream.concat(Said.aloud().stream(), LongStream.range(0, 60).mapToObj(Said::random));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theLipsMeetDuringEveryMBAndP(String id) {
    MouthView mouth = new MouthView(SHELF.load(id));
    for (Said said : Said.aloud()) {
      assertShut(mouth, said, frames(said, 30));
    }
    for (long seed = 0; seed < 20; seed++) {
      Said said = Said.random(seed);
      assertShut(mouth, said, frames(said, FPS));
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theLipsPartAgainWithinASyllable(String id) {
    MouthView mouth = new MouthView(SHELF.load(id));
    for (Said said : Said.aloud()) {
      List<FaceFrame> frames = frames(said, FPS);
      for (VisemeSpan vowel : said.spans(Viseme.AA)) {
        if (vowel.endUs() - vowel.startUs() > 90_000) {
          FaceFrame middle = at(frames, (vowel.startUs() + vowel.endUs()) / 2);
          assertThat(mouth.openingMm(middle.weights())).as(said.text() + vowel).isBetween(2f, 16f);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theUpperTeethRestOnTheLowerLipForFAndV(String id) {
    MouthView mouth = new MouthView(SHELF.load(id));
    for (Said said : Said.aloud()) {
      for (VisemeSpan bite : said.spans(Viseme.FF)) {
        FaceFrame middle = at(frames(said, FPS), (bite.startUs() + bite.endUs()) / 2);
        if (said.spans(Viseme.PP).stream().noneMatch(p -> near(p, middle.mediaTimeUs(), 60_000))) {
          assertThat(mouth.openingMm(middle.weights())).as(said.text() + bite).isBetween(1f, 4.5f);
          assertThat(mouth.teethMm2(middle.weights())).as(said.text() + bite).isGreaterThan(30);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("anything")
  void theLipsRoundForOAndU(Said said) {
    List<FaceFrame> frames = frames(said, FPS);
    for (VisemeSpan vowel : said.visemes()) {
      long middle = (vowel.startUs() + vowel.endUs()) / 2;
      boolean round = vowel.viseme() == Viseme.OU || vowel.viseme() == Viseme.OH;
      boolean closed = said.visemes().stream().anyMatch(s -> closure(s) && near(s, middle, 60_000));
      if (round && !closed && vowel.endUs() - vowel.startUs() > 75_000) {
        FaceFrame frame = at(frames, middle);
        float rounding = frame.weight("mouthPucker") + frame.weight("mouthFunnel");
        assertThat(rounding).as(vowel + " of " + said.text()).isGreaterThan(.4f);
        assertThat(frame.weight("mouthStretchLeft")).isLessThan(.12f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("anything")
  void theJawMovesWithSyllablesAndNotWithEveryPhone(Said said) {
    List<FaceFrame> frames = frames(said, FPS);
    float extreme = 0;
    boolean rising = true;
    int turns = 0;
    for (FaceFrame frame : frames) {
      float jaw = frame.weight("jawOpen");
      if (rising ? jaw > extreme : jaw < extreme) {
        extreme = jaw;
      } else if (Math.abs(jaw - extreme) > .06f) {
        rising = !rising;
        extreme = jaw;
        turns++;
      }
    }
    double perSecond = turns / (said.endUs() / 1e6);
    assertThat(perSecond).as(said.text()).isLessThan(13); // six syllables a second, open and shut
  }

  @Test
  void aMouthThatSaysNothingIsShut() {
    FaceAnimator animator = animator(FPS, 3);
    MouthView mouth = new MouthView(SHELF.load("elena"));
    List<FaceFrame> frames = Said.random(1).frames(animator, 30_000_000);
    for (int i = frames.size() - 1; i > frames.size() - 1500; i -= 50) {
      assertThat(mouth.openingMm(frames.get(i).weights())).isLessThan(.5f);
    }
  }

  private static void assertShut(MouthView mouth, Said said, List<FaceFrame> frames) {
    for (VisemeSpan closure : said.spans(Viseme.PP)) {
      frames.stream()
          .filter(f -> f.mediaTimeUs() >= closure.startUs() && f.mediaTimeUs() <= closure.endUs())
          .forEach(f ->
              assertThat(mouth.openingMm(f.weights()))
                  .as("lips of " + closure + " at " + f.mediaTimeUs() + ": " + said.text())
                  .isZero());
    }
  }

  private static boolean closure(VisemeSpan span) {
    return span.viseme() == Viseme.PP || span.viseme() == Viseme.FF;
  }

  private static boolean near(VisemeSpan span, long t, long us) {
    return t > span.startUs() - us && t < span.endUs() + us;
  }

  private static FaceFrame at(List<FaceFrame> frames, long us) {
    return frames.stream().filter(f -> f.mediaTimeUs() >= us).findFirst().orElse(frames.getLast());
  }

  private static List<FaceFrame> frames(Said said, int fps) {
    return said.frames(animator(fps, said.text().hashCode()), 0);
  }

  private static FaceAnimator animator(int fps, long seed) {
    return new FaceAnimator(new FaceSettings(fps, seed, 1), FaceActivity.LISTENING);
  }
}
