package dev.parley.speechsvc.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.Sounds;
import dev.parley.speechsvc.recognition.VoiceDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SileroDetectorTest {

  private static final String TEXT =
      "Could you please tell me about the weather in the city today?";

  private static SileroDetector silero;

  @BeforeAll
  static void load() {
    silero = SileroDetector.load();
  }

  @AfterAll
  static void close() {
    silero.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slt", "slt-warm", "rms", "awb"})
  void speechIsHeardQuietInNoiseAndOverMusic(String voice) {
    assertThat(share(Sounds.speech(TEXT, voice, -20))).isGreaterThan(0.7);
    assertThat(share(Sounds.speech(TEXT, voice, -40))).isGreaterThan(0.7);
    var loud = Sounds.speech(TEXT, voice, -25);
    assertThat(share(Sounds.mixed(loud, Sounds.noise(3, -25, 1)))).isGreaterThan(0.6);
    assertThat(share(Sounds.mixed(loud, Sounds.music(3, -35, 1)))).isGreaterThan(0.6);
  }

  @Test
  void noiseAndMusicAndSilenceAreNotSpeech() {
    for (int level : new int[] {-60, -40, -30, -20}) {
      assertThat(share(Sounds.noise(5, level, 2))).isLessThan(0.02);
      assertThat(share(Sounds.music(5, level, 2))).isLessThan(0.02);
    }
    assertThat(share(Sounds.silence(2))).isZero();
  }

  @Test
  void manyStreamsAtOnceHearWhatEachHearsAlone() throws Exception {
    var sounds =
        List.of(
            Sounds.speech(TEXT, "slt", -20),
            Sounds.noise(2, -30, 3),
            Sounds.speech(TEXT, "rms", -30),
            Sounds.music(2, -25, 3));
    var alone = sounds.stream().map(SileroDetectorTest::probabilities).toList();
    long frames = silero.frames();
    long calls = silero.calls();
    var together = new ArrayList<Future<double[]>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 24; i++) {
        var sound = sounds.get(i % sounds.size());
        together.add(callers.submit(() -> probabilities(sound)));
      }
    }
    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i).get())
          .usingComparatorWithPrecision(1e-3)
          .containsExactly(alone.get(i % sounds.size()));
    }
    assertThat((double) (silero.frames() - frames) / (silero.calls() - calls)).isGreaterThan(2);
  }

  @Test
  void aMutedMicrophoneCostsNothing() {
    long before = silero.calls();
    probabilities(Sounds.silence(60));
    assertThat(silero.calls() - before).isLessThan(40);
  }

  @Test
  void aStreamThatOutlivesTheDetectorFailsInsteadOfWaiting() {
    var other = SileroDetector.load();
    try (var stream = other.open()) {
      other.close();
      assertThatThrownBy(() -> stream.probability(Sounds.noise(0.032, -20, 1)))
          .isInstanceOf(Failure.class);
    }
  }

  private static double share(short[] sound) {
    var all = probabilities(sound);
    return (double) Arrays.stream(all).filter(p -> p >= 0.5).count() / all.length;
  }

  private static double[] probabilities(short[] sound) {
    var all = new double[sound.length / VoiceDetector.FRAME];
    try (var stream = silero.open()) {
      for (int i = 0; i < all.length; i++) {
        int at = i * VoiceDetector.FRAME;
        all[i] = stream.probability(Arrays.copyOfRange(sound, at, at + VoiceDetector.FRAME));
      }
    }
    return all;
  }
}
