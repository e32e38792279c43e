package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PlaybackTest {
  private static final int RATE_HZ = 24_000;
  private static final long STEP_US = 100_000;
  private static final long SAMPLE_US = 42;
  private static final SessionSettings.Pacing PACING =
      new SessionSettings.Pacing(Duration.ofMillis(300), Duration.ofMillis(100));

  private record Sent(long nowUs, long mediaUs, Event.AudioDelta audio) {
    long endUs() {
      return mediaUs + audio.durationUs();
    }
  }

  private final Playback playback = new Playback(true, PACING, RATE_HZ);
  private final List<Sent> sent = new ArrayList<>();

  private void release(long us) {
    playback.release(
        us * 1000,
        (mediaUs, event) -> {
          if (event instanceof Event.AudioDelta audio) {
            sent.add(new Sent(us, mediaUs, audio));
          }
        });
  }

  private byte[] bytes() {
    var all = new ByteArrayOutputStream();
    sent.forEach(it -> all.write(it.audio().data(), it.audio().offset(), it.audio().length()));
    return all.toByteArray();
  }

  /** Voice in pieces of any length, made sooner or later; the clock looked at whenever. */
  @RepeatedTest(200)
  void anyVoiceGoesOutWholeInOrderAndNeverFurtherAheadThanTheLead(RepetitionInfo seed) {
    var random = new Random(seed.getCurrentRepetition());
    var made = new ByteArrayOutputStream();
    long now = 0;
    long endUs = 0;
    while (made.size() < 2 * RATE_HZ * 2) {
      byte[] pcm = new byte[2 * (1 + random.nextInt(RATE_HZ / 4))];
      random.nextBytes(pcm);
      playback.voice(pcm, endUs, now * 1000);
      endUs += pcm.length * 500_000L / RATE_HZ;
      made.writeBytes(pcm);
      release(now);
      now += random.nextInt(120_000);
    }
    while (!playback.over(now * 1000, endUs)) {
      release(now);
      now += Math.clamp(playback.waitUs(now * 1000, endUs), 1, 100_000);
    }
    assertThat(bytes()).isEqualTo(made.toByteArray());
    for (int i = 0; i < sent.size(); i++) {
      Sent it = sent.get(i);
      assertThat(it.endUs() - it.nowUs()).isLessThanOrEqualTo(300_000 + SAMPLE_US);
      assertThat(it.audio().durationUs()).isBetween(1L, STEP_US + SAMPLE_US);
      long before = i == 0 ? 0 : sent.get(i - 1).endUs();
      assertThat(it.mediaUs()).isEqualTo(before);
    }
  }

  @Test
  void voiceThatComesInSmallPiecesGoesOutAStepAtATime() {
    for (int i = 0; i < 100; i++) {
      playback.voice(new byte[960], i * 20_000L, 0);
    }
    for (long now = 0; now <= 2_000_000; now += 1000) {
      release(now);
    }
    assertThat(sent).hasSize(20).allMatch(it -> it.audio().durationUs() == STEP_US);
    assertThat(sent.stream().map(Sent::nowUs).distinct()).hasSize(18);
  }

  @Test
  void theFirstVoiceIsNotHeldUntilItsStepIsFull() {
    playback.voice(new byte[960], 0, 0);
    release(0);
    assertThat(sent).hasSize(1);
  }

  @Test
  void silenceBetweenTwoPiecesKeepsThemApart() {
    playback.voice(new byte[960], 400_000, 0);
    playback.voice(new byte[960], 430_000, 0);
    release(1_000_000);
    assertThat(sent.stream().map(Sent::mediaUs)).containsExactly(400_000L, 430_000L);
  }
}
