package dev.parley.speechsvc.flite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speechsvc.synthesis.PhraseCutter;
import dev.parley.speechsvc.synthesis.Prosody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoudnessTest {

  private static final int RATE_HZ = 48_000;
  private static final String TEXT =
      "Hello, my name is Ada and I look after the garden. I know a few things about roses, bees "
          + "and the weather. Well, what would you like to talk about today? If you do not know, "
          + "that is fine: we could begin with the old apple tree, which my grandmother planted "
          + "sixty years ago. It still gives fruit every autumn!";

  @Test
  void everyVoiceIsAsLoudAsTheOthersAndNoneClipsOrClicks() {
    try (var flite = new FliteSynthesizer()) {
      var loudness = new TreeMap<String, Double>();
      for (var voice : flite.voices()) {
        var samples = new ArrayList<short[]>();
        var phrases = new PhraseCutter(TEXT);
        while (phrases.hasNext()) {
          samples.add(
              flite.speak(phrases.next(), voice.id(), Prosody.PLAIN, RATE_HZ).audio().samples());
        }
        loudness.put(voice.id(), lufs(samples));
        for (var phrase : samples) {
          assertThat(phrase[0]).isZero();
          assertThat(phrase[phrase.length - 1]).isZero();
          for (short s : phrase) {
            assertThat(Math.abs(s)).isLessThan((short) 32_000);
          }
        }
      }
      assertThat(Collections.max(loudness.values()) - Collections.min(loudness.values()))
          .as("%s", loudness)
          .isLessThan(1);
    }
  }

  /** Integrated loudness after ITU-R BS.1770-4: K weighting at 48 kHz, blocks of 400 ms, gated. */
  private static double lufs(List<short[]> phrases) {
    var signal = phrases.stream().mapToInt(p -> p.length).sum();
    var x = new double[signal];
    int at = 0;
    for (var phrase : phrases) {
      for (short s : phrase) {
        x[at++] = s / 32768.0;
      }
    }
    x =
        biquad(
            x,
            1.53512485958697,
            -2.69169618940638,
            1.19839281085285,
            -1.69065929318241,
            0.73248077421585);
    x = biquad(x, 1, -2, 1, -1.99004745483398, 0.99007225036621);
    var blocks = new ArrayList<Double>();
    for (int from = 0; from + 19_200 <= x.length; from += 4800) {
      double sum = 0;
      for (int i = from; i < from + 19_200; i++) {
        sum += x[i] * x[i];
      }
      blocks.add(sum / 19_200);
    }
    double loud = mean(blocks, Math.pow(10, (-70 + 0.691) / 10));
    return -0.691 + 10 * Math.log10(mean(blocks, loud / 10));
  }

  private static double mean(List<Double> blocks, double above) {
    return blocks.stream().filter(b -> b > above).mapToDouble(b -> b).average().orElse(0);
  }

  private static double[] biquad(
      double[] x, double b0, double b1, double b2, double a1, double a2) {
    var y = new double[x.length];
    for (int i = 2; i < x.length; i++) {
      y[i] = b0 * x[i] + b1 * x[i - 1] + b2 * x[i - 2] - a1 * y[i - 1] - a2 * y[i - 2];
    }
    return y;
  }
}
