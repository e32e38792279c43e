package dev.parley.speechsvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.telemetry.NativeMemory;
import dev.parley.speechsvc.ffmpeg.FfmpegOpus;
import dev.parley.speechsvc.flite.FliteSynthesizer;
import dev.parley.speechsvc.onnx.SileroDetector;
import dev.parley.speechsvc.pocketsphinx.SphinxModel;
import dev.parley.speechsvc.pocketsphinx.SphinxRecognizer;
import dev.parley.speechsvc.recognition.Adaptation;
import dev.parley.speechsvc.recognition.VoiceDetector;
import dev.parley.speechsvc.synthesis.Need;
import dev.parley.speechsvc.synthesis.PhraseCutter;
import dev.parley.speechsvc.synthesis.Prosody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What native code leaves behind; minutes long. Prints what docs/speech.md states. */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
class LeakTest {

  private static final int TIMES = 10_000;
  private static final int CHUNK = 1024;
  private static final List<String> WORDS = List.of("Yes.", "No, Bob.", "Oh!", "Maybe?", "One.");

  /** Less than the smallest thing that could be lost each time; the JVM itself needs some. */
  private static final long LEAST_LEAK = 400;

  @Test
  void tenThousandPhrasesLeaveNothingBehind() throws IOException {
    try (var flite = new FliteSynthesizer()) {
      var voices = flite.voices();
      stays(
          "phrases",
          i -> {
            var phrase = new PhraseCutter(WORDS.get(i / 5 % WORDS.size())).next();
            var voice = voices.get(i % voices.size()).id();
            flite.speak(phrase, voice, Prosody.PLAIN, 24_000, Need.NOW, _ -> {});
          });
    }
  }

  @Test
  void tenThousandRecogniseChunksLeaveNothingBehind() throws IOException {
    var speech = Sounds.speech("Is it raining?", "slt", -22);
    try (var natives = new NativePool("leak", 2, 64);
        var sphinx = new SphinxRecognizer(SphinxModel.DEBIAN, natives, 1)) {
      stays(
          "recognised chunks of 64 ms, an utterance each ten",
          i -> {
            if (i % 10 == 0) {
              try (var utterance = sphinx.begin("", new Adaptation())) {
                for (int at = 0; at < 10 * CHUNK; at += CHUNK) {
                  utterance.accept(Arrays.copyOfRange(speech, at, at + CHUNK));
                }
                if (i % 30 != 0) { // Every third is given up, as by a client that is gone.
                  utterance.finish();
                }
              }
            }
          });
    }
  }

  @Test
  void tenThousandFramesAndPacketsLeaveNothingBehind() throws IOException {
    var noise = Sounds.noise(2, -30, 1);
    try (var natives = new NativePool("leak", 2, 64);
        var silero = SileroDetector.load()) {
      var opus = new FfmpegOpus(natives);
      stays(
          "Silero frames and Opus packets, a stream each ten",
          i -> {
            if (i % 10 == 0) {
              try (var voice = silero.open();
                  var encoder = opus.encode(16_000);
                  var reader = opus.decode(16_000)) {
                for (int k = 0; k < 10; k++) {
                  voice.probability(Arrays.copyOf(noise, VoiceDetector.FRAME));
                  encoder.push(Arrays.copyOf(noise, 320)).forEach(p -> reader.read(p.data()));
                }
              }
            }
          });
    }
  }

  /** Runs it a tenth to warm up, then {@value #TIMES} times. */
  private static void stays(String what, IntConsumer once) throws IOException {
    repeat(TIMES / 10, once);
    long before = NativeMemory.inUse().orElseThrow();
    long resident = resident();
    repeat(TIMES / 2, once);
    long half = NativeMemory.inUse().orElseThrow() - before;
    repeat(TIMES / 2, once);
    long all = NativeMemory.inUse().orElseThrow() - before;
    System.out.printf(
        "%,d %s: %,d KiB in use, then %+,d after half, %+,d after all; resident %+,d KiB%n",
        TIMES, what, before >> 10, half >> 10, all >> 10, resident() - resident >> 10);
    assertThat(all).as(what).isLessThan(TIMES * LEAST_LEAK);
  }

  /** Resident memory but for the Java heap; exact only where the heap has a fixed size. */
  private static long resident() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        long kib = Long.parseLong(line.replaceAll("\\D", ""));
        return (kib << 10) - Runtime.getRuntime().totalMemory();
      }
    }
    throw new IOException("no VmRSS");
  }

  private static void repeat(int times, IntConsumer once) {
    for (int i = 0; i < times; i++) {
      once.accept(i);
    }
    System.gc();
  }
}
