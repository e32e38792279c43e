package dev.parley.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SpeechRuleTest {
  private final SpeechRule rule = new SpeechRule();

  @Test
  void speechBeginsWithTheTenthLoudChunkInARowAndEndsWithTheTwentiethSilentOne() {
    assertThat(feed(true, 9)).isEqualTo(SpeechRule.Change.NOTHING);
    assertThat(feed(false, 1)).isEqualTo(SpeechRule.Change.NOTHING);
    assertThat(feed(true, 9)).isEqualTo(SpeechRule.Change.NOTHING);
    assertThat(feed(true, 1)).isEqualTo(SpeechRule.Change.STARTED);
    assertThat(feed(false, 19)).isEqualTo(SpeechRule.Change.NOTHING);
    assertThat(feed(false, 1)).isEqualTo(SpeechRule.Change.ENDED);
  }

  @Test
  void loudIsARootMeanSquareOfFiveHundred() {
    assertThat(SpeechRule.loud(square(500))).isTrue();
    assertThat(SpeechRule.loud(square(-500))).isTrue();
    assertThat(SpeechRule.loud(square(499))).isFalse();
  }

  private SpeechRule.Change feed(boolean speech, int chunks) {
    var last = SpeechRule.Change.NOTHING;
    for (int i = 0; i < chunks; i++) {
      last = rule.next(speech);
    }
    return last;
  }

  private static byte[] square(int level) {
    byte[] pcm = new byte[640];
    for (int i = 0; i < pcm.length; i += 2) {
      pcm[i] = (byte) level;
      pcm[i + 1] = (byte) (level >> 8);
    }
    return pcm;
  }
}
