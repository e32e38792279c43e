package dev.parley.speechsvc.flite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speechsvc.dsp.Levels;
import dev.parley.speechsvc.synthesis.PhraseCutter;
import dev.parley.speechsvc.synthesis.Prosody;
import dev.parley.speechsvc.synthesis.SpokenPhrase;
import dev.parley.speechsvc.synthesis.Viseme;
import dev.parley.speechsvc.synthesis.VisemeShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times against the waveform itself, measured here every millisecond over 8 ms. */
class TimingTest {

  private static final int RATE_HZ = 24_000;
  private static final List<Prosody> MANNERS =
      List.of(Prosody.PLAIN, new Prosody(1.4, 1, 1), new Prosody(0.8, 1.15, 0.5));

  private static FliteSynthesizer flite;

  @BeforeAll
  static void load() {
    flite = new FliteSynthesizer();
  }

  @AfterAll
  static void close() {
    flite.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slt", "slt-warm", "rms", "awb", "kal"})
  void aWordAfterSilenceBeginsWhereItIsHeard(String voice) {
    var off = new ArrayList<String>();
    for (var manner : MANNERS) {
      for (var text :
          List.of(
              "Apples",
              "Under the bridge",
              "Orange",
              "I am",
              "Bob may",
              "Peter",
              "Several",
              "Maybe")) {
        var spoken = say(text, voice, manner);
        var word = spoken.words().getFirst();
        long heard = heardUs(spoken, word.endUs());
        if (Math.abs(heard - word.startUs()) > 20_000) {
          off.add(text + ": " + word.startUs() + " heard " + heard + " " + manner);
        }
      }
    }
    assertThat(off).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slt", "slt-warm", "rms", "awb"})
  void lipsAreClosedWhileTheSoundIsStoppedForPAndB(String voice) {
    var off = new ArrayList<String>();
    int seen = 0;
    for (var manner : MANNERS) {
      for (var text :
          List.of(
              "We happen to keep a paper copy.", "The rabbit and the robber obey about nobody.")) {
        var spoken = say(text, voice, manner);
        for (var closed : spoken.visemes()) {
          if (List.of("p", "b").contains(closed.phone())) {
            seen++;
            check(spoken, closed, off);
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(24);
    assertThat(off).isEmpty();
  }

  private static void check(SpokenPhrase spoken, Viseme closed, List<String> off) {
    assertThat(closed.shape()).isEqualTo(VisemeShape.PP);
    long from = closed.startUs() - 20_000;
    long to = closed.endUs() + 20_000;
    long least = from;
    double most = -100;
    for (long us = from; us < to; us += 1000) {
      most = Math.max(most, level(spoken, us));
      least = level(spoken, us) < level(spoken, least) ? us : least;
    }
    // Voiced stops fall by 15 dB only, and the breath after p is 30 dB below a vowel.
    double third = level(spoken, least) + (most - level(spoken, least)) / 3;
    long start = least;
    while (level(spoken, start) < third) {
      start -= 1000;
    }
    long end = least;
    while (level(spoken, end) < third) {
      end += 1000;
    }
    if (start < closed.startUs() - 20_000
        || least > closed.endUs()
        || Math.abs(end - closed.endUs()) > 20_000) {
      off.add(closed + " stopped " + start + " to " + end + " least " + least);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"slt", "slt-warm", "rms", "awb"})
  void lipsAreClosedWhileTheSoundComesThroughTheNoseForM(String voice) {
    var spoken = say("Tomorrow our mammoth may animate a human.", voice, Prosody.PLAIN);
    var nasal = spoken.visemes().stream().filter(v -> v.phone().equals("m")).toList();
    assertThat(nasal).hasSizeGreaterThan(4);
    double darker =
        nasal.stream()
            .mapToDouble(m -> bright(spoken, m.endUs() + 40_000) - bright(spoken, middle(m)))
            .average()
            .orElseThrow();
    assertThat(darker).isGreaterThan(1.5);
  }

  private static long middle(Viseme viseme) {
    return (viseme.startUs() + viseme.endUs()) / 2;
  }

  private static SpokenPhrase say(String text, String voice, Prosody manner) {
    return flite.speak(new PhraseCutter(text).next(), voice, manner, RATE_HZ);
  }

  /** Where the sound first comes within 20 dB of the loudest before {@code endUs}. */
  private static long heardUs(SpokenPhrase spoken, long endUs) {
    double most = -100;
    for (long us = 0; us < endUs; us += 1000) {
      most = Math.max(most, level(spoken, us));
    }
    long us = 0;
    while (level(spoken, us) < most - 20) {
      us += 1000;
    }
    return us;
  }

  private static double level(SpokenPhrase spoken, long us) {
    var samples = spoken.audio().samples();
    int from = (int) Math.clamp(us * RATE_HZ / 1_000_000 - 96, 0, samples.length);
    return Levels.dbfs(Levels.rms(samples, from, Math.min(samples.length, from + 192)));
  }

  /** Level of what changes from sample to sample: the high frequencies, which closed lips stop. */
  private static double bright(SpokenPhrase spoken, long us) {
    var samples = spoken.audio().samples();
    int from = (int) (us * RATE_HZ / 1_000_000) - 240;
    var change = new short[480];
    for (int i = 0; i < change.length; i++) {
      change[i] = (short) ((samples[from + i + 1] - samples[from + i]) / 2);
    }
    return Levels.dbfs(Levels.rms(change, 0, change.length));
  }
}
