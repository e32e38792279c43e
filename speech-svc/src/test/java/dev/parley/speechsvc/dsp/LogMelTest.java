package dev.parley.speechsvc.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogMelTest {

  /** Band, frame and value by the NumPy version of Whisper's front end, of the same samples. */
  private static final double[][] EXPECTED = {
    {0, 0, -0.22248}, {3, 500, 1.55774}, {5, 505, 1.73317}, {10, 600, 0.51484},
    {20, 700, 0.39451}, {40, 799, 0.70076}, {79, 650, 0.53810}, {60, 510, 0.51665},
    {7, 799, 0.55390}, {12, 640, 0.62722}
  };

  @Test
  void featuresAreThoseOfTheReference() {
    var features = new LogMel().of(sound());
    for (var expected : EXPECTED) {
      int at = (int) expected[0] * LogMel.FRAMES + (int) expected[1];
      assertThat(features[at])
          .as("band %s frame %s", expected[0], expected[1])
          .isCloseTo((float) expected[2], within(2e-3f));
    }
    double sum = 0;
    for (float f : features) {
      sum += f;
    }
    assertThat(sum / features.length).isCloseTo(0.09731, within(2e-3));
  }

  @Test
  void onlyTheLastEightSecondsCount() {
    var tail = sound();
    var all = new short[LogMel.SAMPLES + 777];
    System.arraycopy(tail, 0, all, all.length - tail.length, tail.length);
    assertThat(new LogMel().of(all)).containsExactly(new LogMel().of(tail), within(1e-5f));
  }

  /** Two sweeps and noise of a linear congruential generator, 3 s. */
  private static short[] sound() {
    var samples = new short[48_000];
    long state = 1;
    for (int i = 0; i < samples.length; i++) {
      state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
      double noise = (state >> 16) % 1000 - 500;
      double sweep = 8000 * Math.sin(2 * Math.PI * (200 + 0.02 * i) * i / 16_000);
      double tone = 3000 * Math.sin(2 * Math.PI * 3000.0 * i / 16_000);
      samples[i] = (short) Math.rint(noise + sweep + tone);
    }
    return samples;
  }
}
