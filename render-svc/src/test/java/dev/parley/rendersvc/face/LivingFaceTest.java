package dev.parley.rendersvc.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the face lives: nothing jumps, it blinks, looks, nods and breathes, and can be replayed. */
class LivingFaceTest {
  private static final int FPS = 60;
  private static final float LARGEST_STEP = .15f;

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingJumpsButLidsAndClosures(long seed) {
    Said said = Said.random(seed);
    FaceAnimator animator = animator(seed, FaceActivity.IDLE);
    animator.continueFrom(someFrame(seed + 1000));
    assertSmooth(said, said.frames(animator, 1_500_000));
  }

  @Test
  void realSpeechDoesNotJumpEither() {
    for (Said said : Said.aloud()) {
      assertSmooth(said, said.frames(animator(7, FaceActivity.LISTENING), 1_000_000));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aTurnBeginsWhereTheLastFrameLeftOff(long seed) {
    FaceFrame last = someFrame(seed);
    FaceAnimator animator = animator(seed + 1, FaceActivity.SPEAKING);
    animator.continueFrom(last);
    Said said = Said.random(seed + 2);
    FaceFrame first = said.frames(animator, 0).getFirst();
    boolean closing = said.visemes().stream().anyMatch(v -> closing(v, 0));
    for (int i = 0; i < Blendshapes.COUNT && !closing; i++) {
      assertThat(first.weights()[i])
          .as(Blendshapes.NAMES.get(i))
          .isCloseTo(last.weights()[i], within(1e-4f));
    }
    assertThat(first.head().yawDeg()).isCloseTo(last.head().yawDeg(), within(1e-4f));
    assertThat(first.head().yM()).isCloseTo(last.head().yM(), within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60})
  void aTurnCanBeReplayedBitForBit(int fps) {
    for (Said said : Said.aloud()) {
      List<FaceFrame> once = replay(said, fps, 400_000);
      List<FaceFrame> again = replay(said, fps, 150_000);
      assertThat(again).hasSameSizeAs(once);
      for (int i = 0; i < once.size(); i++) {
        assertThat(again.get(i).weights()).as(said.text() + i).isEqualTo(once.get(i).weights());
        assertThat(again.get(i).head()).isEqualTo(once.get(i).head());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FaceActivity.class)
  void tenMinutesWithoutWordsStayAliveAndInBounds(FaceActivity activity) {
    List<FaceFrame> frames = new ArrayList<>();
    animator(3, activity).advance(600_000_000, frames::add);
    assertThat(frames).hasSize(36_000);
    assertThat(blinks(frames) / 10.0).as("blinks a minute").isBetween(12.0, 22.0);
    for (int from = 0; from + 600 <= frames.size(); from += 600) {
      List<FaceFrame> tenSeconds = frames.subList(from, from + 600);
      assertThat(swing(tenSeconds, f -> f.head().yawDeg())).isGreaterThan(.3f);
      assertThat(swing(tenSeconds, f -> f.head().yM() * 1000)).as("breath, mm").isGreaterThan(1);
    }
    for (FaceFrame frame : frames) {
      assertThat(frame.weight("jawOpen")).isLessThan(.05f);
      assertThat(Math.abs(frame.head().yawDeg()) + Math.abs(frame.head().rollDeg())).isLessThan(18);
    }
  }

  @Test
  void aListenerLooksAtThePersonAndNods() {
    List<FaceFrame> frames = new ArrayList<>();
    animator(5, FaceActivity.LISTENING).advance(120_000_000, frames::add);
    long onPerson = frames.stream().filter(f -> Math.abs(gazeYaw(f)) < 4).count();
    assertThat(onPerson / (double) frames.size()).isGreaterThan(.85);
    assertThat(nods(frames) / 2.0).as("nods a minute").isBetween(6.0, 30.0);
  }

  @Test
  void aThinkerLooksAwayMoreThanAListener() {
    assertThat(away(FaceActivity.THINKING)).isGreaterThan(away(FaceActivity.LISTENING) + .15);
  }

  @Test
  void lidsFallFasterThanTheyRise() {
    List<FaceFrame> frames = new ArrayList<>();
    new FaceAnimator(new FaceSettings(120, 2, 1), FaceActivity.LISTENING)
        .advance(60_000_000, frames::add);
    int falling = 0;
    int rising = 0;
    for (int i = 1; i < frames.size(); i++) {
      float step = frames.get(i).weight("eyeBlinkLeft") - frames.get(i - 1).weight("eyeBlinkLeft");
      falling += step > .005f ? 1 : 0;
      rising += step < -.005f ? 1 : 0;
    }
    int blinks = blinks(frames);
    assertThat(falling * 1000.0 / 120 / blinks).as("ms to close").isBetween(55.0, 110.0);
    assertThat((double) rising / falling).isBetween(1.5, 3.0);
  }

  private static void assertSmooth(Said said, List<FaceFrame> frames) {
    for (int i = 1; i < frames.size(); i++) {
      long t = frames.get(i).mediaTimeUs();
      boolean closing = said.visemes().stream().anyMatch(v -> closing(v, t));
      for (int k = 0; k < Blendshapes.COUNT; k++) {
        String name = Blendshapes.NAMES.get(k);
        float step = Math.abs(frames.get(i).weights()[k] - frames.get(i - 1).weights()[k]);
        float most =
            name.startsWith("eyeBlink") ? .36f : closing && mouth(name) ? .42f : LARGEST_STEP;
        if (step > most) {
          throw new AssertionError(
              name + " jumps by " + step + " at " + t + " us of " + said.text());
        }
      }
    }
  }

  private static boolean closing(VisemeSpan v, long t) {
    boolean closure = v.viseme() == Viseme.PP || v.viseme() == Viseme.FF;
    return closure && t > v.startUs() - 80_000 && t < v.endUs() + 90_000;
  }

  private static boolean mouth(String name) {
    return name.startsWith("mouth") || name.startsWith("jaw") || name.equals("tongueOut");
  }

  private static List<FaceFrame> replay(Said said, int fps, long pieceUs) {
    FaceAnimator animator = new FaceAnimator(new FaceSettings(fps, 99, 1), FaceActivity.SPEAKING);
    animator.continueFrom(someFrame(4));
    said.visemes().forEach(animator::add);
    said.words().forEach(animator::add);
    List<FaceFrame> frames = new ArrayList<>();
    for (long t = pieceUs; t < said.endUs(); t += pieceUs) {
      animator.advance(t, frames::add);
    }
    animator.advance(said.endUs(), frames::add);
    return frames;
  }

  private static double away(FaceActivity activity) {
    List<FaceFrame> frames = new ArrayList<>();
    animator(9, activity).advance(120_000_000, frames::add);
    return frames.stream().filter(f -> Math.abs(gazeYaw(f)) > 4).count() / (double) frames.size();
  }

  /** Where the eyes look in the room, degrees to the character's left, from head and eyes. */
  private static float gazeYaw(FaceFrame f) {
    return (f.weight("eyeLookOutLeft") - f.weight("eyeLookInLeft")) * 28 + .8f * f.head().yawDeg();
  }

  private static int nods(List<FaceFrame> frames) {
    int nods = 0;
    for (int i = 30; i < frames.size(); i++) {
      boolean down = frames.get(i).head().pitchDeg() - frames.get(i - 12).head().pitchDeg() > 1;
      boolean before =
          frames.get(i - 1).head().pitchDeg() - frames.get(i - 13).head().pitchDeg() > 1;
      nods += down && !before ? 1 : 0;
    }
    return nods;
  }

  private static int blinks(List<FaceFrame> frames) {
    int blinks = 0;
    for (int i = 1; i < frames.size(); i++) {
      boolean now = frames.get(i).weight("eyeBlinkLeft") > .8f;
      blinks += now && frames.get(i - 1).weight("eyeBlinkLeft") <= .8f ? 1 : 0;
    }
    return blinks;
  }

  private static float swing(
      List<FaceFrame> frames, java.util.function.ToDoubleFunction<FaceFrame> of) {
    var statistics = frames.stream().mapToDouble(of).summaryStatistics();
    return (float) (statistics.getMax() - statistics.getMin());
  }

  private static FaceFrame someFrame(long seed) {
    Said said = Said.random(seed);
    List<FaceFrame> frames = said.frames(animator(seed, FaceActivity.LISTENING), 0);
    return frames.get((int) (seed * 37 % frames.size()));
  }

  private static org.assertj.core.data.Offset<Float> within(float by) {
    return org.assertj.core.data.Offset.offset(by);
  }

  private static FaceAnimator animator(long seed, FaceActivity rest) {
    return new FaceAnimator(new FaceSettings(FPS, seed, 1), rest);
  }
}
