package dev.parley.speechsvc.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.Sounds;
import dev.parley.speechsvc.onnx.SileroDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where utterances begin and end; times are of the samples given, so no test waits. */
class RecognitionStreamTest {

  private static final String TEXT = "I live in a small house beside the river.";

  private static SileroDetector silero;

  @BeforeAll
  static void load() {
    silero = SileroDetector.load();
  }

  @AfterAll
  static void close() {
    silero.close();
  }

  @Test
  void aWholeThoughtEndsSoonerThanHalfOfOne() {
    assertThat(silenceWaited("i live in berlin", Optional.empty())).isBetween(400L, 470L);
    assertThat(silenceWaited("i live in", Optional.empty())).isBetween(1000L, 1070L);
    assertThat(silenceWaited("blue cheese", Optional.empty())).isBetween(700L, 770L);
  }

  @Test
  void aTurnModelOverrulesTheWordsAndIsAskedOnceAPause() {
    var asked = new ArrayList<Integer>();
    TurnModel goesOn = sound -> note(asked, sound, 0.1);
    TurnModel over = sound -> note(asked, sound, 0.9);
    assertThat(silenceWaited("i live in berlin", Optional.of(goesOn))).isBetween(1000L, 1070L);
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst()).isGreaterThan(2 * Recognizer.RATE_HZ);
    assertThat(silenceWaited("blue cheese", Optional.of(over))).isBetween(400L, 470L);
    assertThat(silenceWaited("i live in", Optional.of(over))).isBetween(700L, 770L);
  }

  @Test
  void whenTheEndIsDecidedLittleSoundIsLeftToBeRecognised() {
    var given = new ArrayList<Integer>();
    var parrot = new Parrot("i live in berlin", samples -> given.add(samples.length));
    var sound =
        Sounds.joined(Sounds.silence(1), Sounds.speech(TEXT, "slt", -25), Sounds.silence(1));
    var ears = new Ears(parrot, silero, Optional.empty());
    try (var stream = new RecognitionStream(ears, "", Endpointing.DEFAULT, event -> {})) {
      stream.accept(sound);
    }
    assertThat(given.stream().mapToInt(n -> n).max().orElseThrow()).isGreaterThan(2048);
    assertThat(given.subList(given.size() - 3, given.size())).allMatch(samples -> samples <= 1024);
  }

  @Test
  void aPauseInsideAnUnfinishedSentenceDoesNotCutIt() {
    var speech = Sounds.speech(TEXT, "slt", -25);
    var sound =
        Sounds.joined(Sounds.silence(1), speech, Sounds.silence(0.4), speech, Sounds.silence(2));
    assertThat(finals(sound, "i live in the", silero)).hasSize(1);
    assertThat(finals(sound, "i live in berlin", silero)).hasSize(2);
  }

  @Test
  void endpointsAreTheSameInNoiseAndWithMusicAndWhenTheLevelChanges() {
    var loud = Sounds.speech(TEXT, "slt", -20);
    var quiet = Sounds.speech(TEXT, "rms", -38);
    var sound =
        Sounds.joined(
            Sounds.silence(2),
            loud,
            Sounds.silence(2),
            quiet,
            Sounds.silence(2),
            loud,
            Sounds.silence(2));
    double seconds = (double) sound.length / Recognizer.RATE_HZ;
    var clean = finals(sound, "i live in berlin", silero);
    assertThat(clean).hasSize(3);
    for (var other : List.of(Sounds.noise(seconds, -50, 4), Sounds.music(seconds, -55, 4))) {
      var heard = finals(Sounds.mixed(sound, other), "i live in berlin", silero);
      assertThat(heard).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(Math.abs(heard.get(i).startUs() - clean.get(i).startUs())).isLessThan(250_000);
        assertThat(Math.abs(heard.get(i).endUs() - clean.get(i).endUs())).isLessThan(250_000);
      }
    }
    assertThat(finals(Sounds.mixed(loud, Sounds.noise(8, -28, 5)), "i live in berlin", silero))
        .hasSize(1);
  }

  @Test
  void theEnergyGateFindsTheEndWhereAFanWasSwitchedOn() {
    var loud = Sounds.speech(TEXT, "slt", -20);
    var sound =
        Sounds.joined(
            Sounds.silence(1),
            Sounds.noise(3, -45, 6),
            Sounds.mixed(Sounds.joined(Sounds.silence(0.3), loud), Sounds.noise(6, -45, 7)));
    var heard = finals(sound, "i live in berlin", new EnergyGate());
    var last = heard.getLast();
    double spoken = (double) loud.length / Recognizer.RATE_HZ;
    assertThat(last.startUs() / 1e6).isBetween(4.0, 4.7);
    assertThat(last.endUs() / 1e6).isBetween(4.3 + spoken - 0.6, 4.3 + spoken + 0.3);
  }

  @Test
  void aDayOfSilenceIsHeardInBoundedMemoryAndSaysNothing() {
    var events = new ArrayList<RecognitionEvent>();
    try (var stream = stream("nothing", silero, Optional.empty(), events::add)) {
      var second = Sounds.silence(1);
      for (int i = 0; i < 24 * 3600; i++) {
        stream.accept(second);
      }
      stream.finish();
    }
    assertThat(events).isEmpty();
  }

  @Test
  void speechWithoutEndIsCutAfterAMinute() {
    var speech = Sounds.speech(TEXT, "slt", -25);
    var parts = new short[60][];
    Arrays.fill(parts, Arrays.copyOf(speech, speech.length - 5000));
    var heard = finals(Sounds.joined(parts), "i live in", silero);
    assertThat(heard.size()).isGreaterThan(1);
    assertThat(heard).allMatch(f -> f.endUs() - f.startUs() <= 61_000_000);
  }

  @Test
  void anUtteranceWhoseListenerIsGoneIsClosed() {
    var lent = new AtomicInteger();
    var ears = new Ears(counted(new Parrot("i live in"), lent), silero, Optional.empty());
    Consumer<RecognitionEvent> listener =
        event -> {
          if (event instanceof RecognitionEvent.SpeechStopped) {
            throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "the client is gone");
          }
        };
    try (var stream = new RecognitionStream(ears, "", Endpointing.DEFAULT, listener)) {
      stream.accept(Arrays.copyOf(Sounds.speech(TEXT, "slt", -25), Recognizer.RATE_HZ));
      assertThat(lent).hasValue(1);
      assertThatThrownBy(stream::endUtterance).hasMessageContaining("the client is gone");
    }
    assertThat(lent).hasValue(0);
  }

  /** Says how many utterances are open. */
  private static Recognizer counted(Recognizer recognizer, AtomicInteger lent) {
    return new Recognizer() {
      @Override
      public String engine() {
        return recognizer.engine();
      }

      @Override
      public Utterance begin(String language, Adaptation microphone) {
        lent.incrementAndGet();
        var utterance = recognizer.begin(language, microphone);
        return new Utterance() {
          @Override
          public String engine() {
            return utterance.engine();
          }

          @Override
          public Hypothesis accept(short[] samples) {
            return utterance.accept(samples);
          }

          @Override
          public Hypothesis finish() {
            return utterance.finish();
          }

          @Override
          public void close() {
            lent.decrementAndGet();
          }
        };
      }
    };
  }

  private static double note(List<Integer> asked, short[] sound, double answer) {
    asked.add(sound.length);
    return answer;
  }

  /** From the last speech to the sample at which the utterance ended, in milliseconds. */
  private static long silenceWaited(String words, Optional<TurnModel> turns) {
    var given = new long[1];
    var waited = new ArrayList<Long>();
    Consumer<RecognitionEvent> listener =
        event -> {
          if (event instanceof RecognitionEvent.Final last) {
            waited.add(given[0] - last.endUs() / 1000);
          }
        };
    try (var stream = stream(words, silero, turns, listener)) {
      var sound =
          Sounds.joined(Sounds.silence(1), Sounds.speech(TEXT, "slt", -25), Sounds.silence(3));
      for (int at = 0; at + 160 <= sound.length; at += 160) {
        given[0] += 10;
        stream.accept(Arrays.copyOfRange(sound, at, at + 160));
      }
    }
    assertThat(waited).hasSize(1);
    return waited.getFirst();
  }

  private static List<RecognitionEvent.Final> finals(
      short[] sound, String words, VoiceDetector detector) {
    var finals = new ArrayList<RecognitionEvent.Final>();
    Consumer<RecognitionEvent> listener =
        event -> {
          if (event instanceof RecognitionEvent.Final last) {
            finals.add(last);
          }
        };
    try (var stream = stream(words, detector, Optional.empty(), listener)) {
      stream.accept(sound);
      stream.finish();
    }
    return finals;
  }

  private static RecognitionStream stream(
      String words,
      VoiceDetector detector,
      Optional<TurnModel> turns,
      Consumer<RecognitionEvent> listener) {
    var ears = new Ears(new Parrot(words), detector, turns);
    return new RecognitionStream(ears, "", Endpointing.DEFAULT, listener);
  }
}
