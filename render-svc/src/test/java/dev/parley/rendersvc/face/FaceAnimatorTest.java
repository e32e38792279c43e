package dev.parley.rendersvc.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceAnimatorTest {
  private static final long END_US = 3_000_000;

  @ParameterizedTest
  @ValueSource(ints = {25, 30, 60})
  void lipsAreClosedInEveryClosureHoweverShort(int fps) {
    List<VisemeSpan> spans = sentence(42_000, Viseme.AA, Viseme.PP, Viseme.OH, Viseme.PP);
    List<FaceFrame> frames = frames(fps, 7, spans);
    for (VisemeSpan span : spans) {
      if (span.viseme() == Viseme.PP) {
        List<FaceFrame> inside = inside(frames, span);
        assertThat(inside).isNotEmpty();
        assertThat(inside).allSatisfy(FaceAnimatorTest::assertClosed);
      }
    }
  }

  @Test
  void theLowerLipIsAtTheTeethForF() {
    VisemeSpan f = new VisemeSpan(Viseme.FF, 500_000, 620_000);
    List<FaceFrame> frames =
        frames(60, 1, List.of(span(Viseme.AA, 300, 500), f, span(Viseme.AA, 620, 800)));
    assertThat(inside(frames, f))
        .isNotEmpty()
        .allSatisfy(frame -> {
          assertThat(frame.weight("mouthRollLower")).isGreaterThan(.7f);
          assertThat(frame.weight("mouthUpperUpLeft")).isGreaterThan(.5f);
        });
  }

  @Test
  void anOpenVowelOpensTheJawAndSilenceClosesIt() {
    List<FaceFrame> frames =
        frames(60, 1, List.of(span(Viseme.AA, 400, 700), span(Viseme.SIL, 700, 1500)));
    assertThat(at(frames, 550).weight("jawOpen")).isGreaterThan(.45f);
    assertThat(at(frames, 1300).weight("jawOpen")).isLessThan(.08f);
  }

  @Test
  void roundingBeginsBeforeTheRoundVowel() {
    List<FaceFrame> frames =
        frames(60, 1, List.of(span(Viseme.SS, 400, 520), span(Viseme.OU, 520, 700)));
    assertThat(at(frames, 480).weight("mouthPucker")).isGreaterThan(.2f);
    assertThat(at(frames, 610).weight("mouthPucker")).isGreaterThan(.5f);
  }

  @Test
  void aLouderVoiceOpensWider() {
    float[] quiet = voice(.004f);
    float[] loud = voice(.3f);
    float[] mixed = new float[48_000];
    System.arraycopy(loud, 0, mixed, 0, 24_000);
    System.arraycopy(quiet, 0, mixed, 24_000, 24_000);
    FaceAnimator animator = animator(60, 1);
    animator.add(span(Viseme.AA, 500, 900));
    animator.add(span(Viseme.AA, 1500, 1900));
    animator.addVoice(mixed, 24_000);
    List<FaceFrame> frames = new ArrayList<>();
    animator.advance(2_000_000, frames::add);
    assertThat(at(frames, 700).weight("jawOpen"))
        .isGreaterThan(at(frames, 1700).weight("jawOpen") + .1f);
  }

  @Test
  void theSameSeedGivesTheSameFramesHoweverTheSpansAreCut() {
    List<VisemeSpan> spans = sentence(70_000, Viseme.values());
    List<FaceFrame> whole = frames(30, 42, spans);
    FaceAnimator animator = animator(30, 42);
    List<FaceFrame> pieces = new ArrayList<>();
    for (VisemeSpan span : spans) {
      animator.add(span);
      animator.advance(span.startUs() - 400_000, pieces::add);
    }
    animator.advance(END_US, pieces::add);
    assertThat(pieces).hasSameSizeAs(whole);
    for (int i = 0; i < whole.size(); i++) {
      assertThat(pieces.get(i).weights()).isEqualTo(whole.get(i).weights());
      assertThat(pieces.get(i).head()).isEqualTo(whole.get(i).head());
    }
  }

  @Test
  void anotherSeedMovesTheHeadAnotherWay() {
    List<VisemeSpan> spans = sentence(70_000, Viseme.AA, Viseme.DD);
    assertThat(frames(30, 1, spans).get(60).head())
        .isNotEqualTo(frames(30, 2, spans).get(60).head());
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60})
  void nothingJumpsBetweenFrames(int fps) {
    List<FaceFrame> frames = frames(fps, 3, sentence(75_000, Viseme.values()));
    float most = fps == 30 ? .62f : .36f;
    for (int i = 1; i < frames.size(); i++) {
      for (int k = 0; k < Blendshapes.COUNT; k++) {
        float jump = Math.abs(frames.get(i).weights()[k] - frames.get(i - 1).weights()[k]);
        assertThat(jump).as(Blendshapes.NAMES.get(k) + " at frame " + i).isLessThan(most);
      }
      float turn = Math.abs(frames.get(i).head().yawDeg() - frames.get(i - 1).head().yawDeg());
      assertThat(turn).isLessThan(1f);
    }
  }

  @Test
  void everyWeightStaysFromZeroToOne() {
    FaceAnimator animator = animator(30, 5);
    animator.feel(Emotion.JOY, 1);
    sentence(60_000, Viseme.values()).forEach(animator::add);
    animator.advance(
        END_US,
        frame -> {
          for (float weight : frame.weights()) {
            assertThat(weight).isBetween(0f, 1f);
          }
        });
  }

  @Test
  void aListeningFaceBlinksLooksAndBreathes() {
    FaceAnimator animator = new FaceAnimator(new FaceSettings(60, 11, 1), FaceActivity.LISTENING);
    List<FaceFrame> frames = new ArrayList<>();
    animator.advance(20_000_000, frames::add);
    long blinks = 0;
    for (int i = 1; i < frames.size(); i++) {
      boolean closes = frames.get(i).weight("eyeBlinkLeft") > .9f;
      blinks += closes && frames.get(i - 1).weight("eyeBlinkLeft") <= .9f ? 1 : 0;
    }
    assertThat(blinks).isBetween(3L, 14L);
    assertThat(frames.stream().mapToDouble(f -> f.head().yM()).distinct().count())
        .isGreaterThan(50);
    assertThat(frames).allSatisfy(f -> assertThat(f.weight("jawOpen")).isLessThan(.05f));
  }

  @Test
  void aQuestionRaisesTheBrows() {
    FaceAnimator animator = animator(30, 1);
    animator.add(span(Viseme.AA, 1000, 1300));
    animator.add(new WordSpan("there?", 1_000_000, 1_300_000));
    List<FaceFrame> frames = new ArrayList<>();
    animator.advance(END_US, frames::add);
    assertThat(at(frames, 1200).weight("browInnerUp"))
        .isGreaterThan(at(frames, 500).weight("browInnerUp") + .2f);
  }

  @Test
  void goingOnFromAnotherClockBeginsWhereItEnded() {
    List<FaceFrame> before = frames(30, 1, List.of(span(Viseme.AA, 2700, 3000)));
    FaceAnimator animator = animator(30, 99);
    animator.continueFrom(before.getLast());
    List<FaceFrame> after = new ArrayList<>();
    animator.advance(100_000, after::add);
    assertThat(after.getFirst().head().yawDeg())
        .isCloseTo(before.getLast().head().yawDeg(), org.assertj.core.data.Offset.offset(.01f));
  }

  @Test
  void spansOutOfOrderAreRefused() {
    FaceAnimator animator = animator(30, 1);
    animator.add(span(Viseme.AA, 500, 600));
    assertThatThrownBy(() -> animator.add(span(Viseme.AA, 400, 450)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("400000");
    assertThatThrownBy(() -> span(Viseme.AA, 600, 500)).isInstanceOf(Failure.class);
  }

  private static void assertClosed(FaceFrame frame) {
    float open = frame.weight("jawOpen") - frame.weight("mouthClose");
    assertThat(open).as("lips at " + frame.mediaTimeUs()).isBetween(-.01f, .01f);
    assertThat(frame.weight("mouthPressLeft")).isGreaterThan(.35f);
    assertThat(frame.weight("mouthUpperUpLeft")).isLessThan(.02f);
    assertThat(frame.weight("mouthLowerDownLeft")).isLessThan(.02f);
  }

  private static List<FaceFrame> inside(List<FaceFrame> frames, VisemeSpan span) {
    return frames.stream()
        .filter(f -> f.mediaTimeUs() >= span.startUs() && f.mediaTimeUs() < span.endUs())
        .toList();
  }

  private static FaceFrame at(List<FaceFrame> frames, long ms) {
    return frames.stream().filter(f -> f.mediaTimeUs() >= ms * 1000).findFirst().orElseThrow();
  }

  private static VisemeSpan span(Viseme viseme, long startMs, long endMs) {
    return new VisemeSpan(viseme, startMs * 1000, endMs * 1000);
  }

  private static List<VisemeSpan> sentence(long lengthUs, Viseme... cycle) {
    List<VisemeSpan> spans = new ArrayList<>();
    long t = 200_000;
    for (int i = 0; t + lengthUs < END_US - 500_000; i++, t += lengthUs) {
      spans.add(new VisemeSpan(cycle[i % cycle.length], t, t + lengthUs));
    }
    return spans;
  }

  private static List<FaceFrame> frames(int fps, long seed, List<VisemeSpan> spans) {
    FaceAnimator animator = animator(fps, seed);
    spans.forEach(animator::add);
    List<FaceFrame> frames = new ArrayList<>();
    animator.advance(END_US, frames::add);
    return frames;
  }

  private static FaceAnimator animator(int fps, long seed) {
    return new FaceAnimator(new FaceSettings(fps, seed, 1), FaceActivity.IDLE);
  }

  private static float[] voice(float level) {
    float[] samples = new float[24_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = level * (float) Math.sin(i * .05);
    }
    return samples;
  }
}
