package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleFaceTest {
  private final Stage stage = new Stage();
  private final List<Animator.Mood> moods = new ArrayList<>();
  private final List<Pose> begun = new ArrayList<>();
  private int cancelled;

  IdleFaceTest() {
    stage.animator = Optional.of(Alive::new);
  }

  @Test
  void theFaceLivesWhileItListensAheadOfItsClockAndInNoLog() {
    var out = faced();
    stage.pass(2000);
    var frames = out.of(Event.IdleFrames.class);
    int shown = frames.stream().mapToInt(Event.IdleFrames::count).sum();
    assertThat(shown).isBetween(60, 75);
    assertThat(frames)
        .extracting(Event.IdleFrames::segmentId)
        .containsOnly(frames.getFirst().segmentId());
    assertThat(out.events.stream().filter(e -> e.event() instanceof Event.IdleFrames))
        .allMatch(e -> e.seq() == 0)
        .isSortedAccordingTo((a, b) -> Long.compare(a.mediaTimeUs(), b.mediaTimeUs()));
    assertThat(moods).containsOnly(Animator.Mood.IDLE);
    stage.voiceStarts();
    stage.pass(500);
    assertThat(moods).endsWith(Animator.Mood.LISTENING);
  }

  @Test
  void aTurnTakesTheFaceAndGivesItBackToAnotherSegment() {
    var out = faced();
    stage.pass(500);
    stage.type("count");
    stage.pass(1500);
    assertThat(out.of(Event.FaceFrames.class)).isNotEmpty();
    int before = out.of(Event.IdleFrames.class).size();
    stage.pass(200);
    assertThat(out.of(Event.IdleFrames.class)).hasSize(before);
    assertThat(cancelled).isPositive();
    stage.pass(2000);
    assertThat(out.of(Event.IdleFrames.class).stream().map(Event.IdleFrames::segmentId).distinct())
        .hasSize(2);
  }

  @Test
  void everyMotionBeginsWhereTheFaceWasSeenLast() {
    var out = faced();
    stage.pass(500);
    float idle = last(out.of(Event.IdleFrames.class).getLast().weights());
    stage.type("count");
    stage.pass(1990);
    float spoken = last(out.of(Event.FaceFrames.class).getLast().weights());
    stage.pass(1000);
    assertThat(begun).hasSize(3);
    assertThat(begun.getFirst()).isSameAs(Pose.REST);
    assertThat(begun.get(1).weights()).containsExactly(idle);
    assertThat(begun.get(2).weights()).containsExactly(spoken);
  }

  private static float last(float[] weights) {
    return weights[weights.length - 1];
  }

  @Test
  void nobodyWhoOnlyListensPaysForAFace() {
    var out = stage.open();
    stage.pass(2000);
    assertThat(out.of(Event.IdleFrames.class)).isEmpty();
    assertThat(moods).isEmpty();
  }

  private Collected faced() {
    stage.open();
    return stage.attach("me", Session.Mode.AUTO, 1, Tier.TEXT, Tier.AUDIO, Tier.FACE);
  }

  /** Thirty frames a second up to where time was moved or speech reaches. */
  private final class Alive implements Animator.Animation {
    private final Animator.Sink sink;
    private long made;

    Alive(Animator.Request request, Animator.Sink sink) {
      this.sink = sink;
      begun.add(request.start());
    }

    private void upTo(long us) {
      int count = (int) (us * 30 / 1_000_000 - made);
      long startUs = made * 1_000_000 / 30;
      made += count;
      float[] weights = new float[count];
      for (int i = 0; i < count; i++) {
        weights[i] = made - count + i;
      }
      sink.frames(weights, new float[6 * count], count, startUs);
    }

    @Override
    public void speech(List<Viseme> visemes, List<Word> words, byte[] pcm, long coveredUs) {
      upTo(coveredUs);
    }

    @Override
    public void advance(long toUs, Animator.Mood mood) {
      moods.add(mood);
      upTo(toUs);
    }

    @Override
    public void end() {
      sink.done(made);
    }

    @Override
    public void cancel() {
      cancelled++;
    }
  }
}
