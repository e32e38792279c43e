package dev.parley.speechsvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.speechsvc.ffmpeg.FfmpegOpus;
import dev.parley.speechsvc.flite.FliteSynthesizer;
import dev.parley.speechsvc.onnx.SileroDetector;
import dev.parley.speechsvc.pocketsphinx.SphinxModel;
import dev.parley.speechsvc.pocketsphinx.SphinxRecognizer;
import dev.parley.speechsvc.recognition.VoiceDetector;
import dev.parley.speechsvc.synthesis.PhraseCutter;
import dev.parley.speechsvc.synthesis.Prosody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What native code leaves behind; minutes long. Prints what docs/speech.md states. */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
class LeakTest {

  private static final int TIMES = 10_000;

  @Test
  void tenThousandPhrasesLeaveNothingBehind() throws IOException {
    try (var flite = new FliteSynthesizer()) {
      var voices = flite.voices();
      stays(
          "phrases",
          i -> {
            var phrase = new PhraseCutter("Number " + i + " is here.").next();
            flite.speak(phrase, voices.get(i % voices.size()).id(), Prosody.PLAIN, 24_000);
          });
    }
  }

  @Test
  void tenThousandRecogniseChunksLeaveNothingBehind() throws IOException {
    var speech = Sounds.speech("What is the weather like in the city today?", "slt", -22);
    try (var natives = new NativePool("leak", 2, 64);
        var sphinx = new SphinxRecognizer(SphinxModel.DEBIAN, natives, 1)) {
      stays(
          "recognise chunks of 200 ms, 15 an utterance",
          i -> {
            if (i % 15 == 0) {
              try (var utterance = sphinx.begin("")) {
                for (int at = 0; at < 15 * 3200; at += 3200) {
                  int from = at % speech.length;
                  utterance.accept(
                      Arrays.copyOfRange(speech, from, Math.min(speech.length, from + 3200)));
                }
                utterance.finish();
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
    for (int i = 0; i < TIMES / 10; i++) {
      once.accept(i);
    }
    System.gc();
    long before = nativeKb();
    for (int i = 0; i < TIMES; i++) {
      once.accept(i);
    }
    System.gc();
    long grown = nativeKb() - before;
    System.out.printf("%,d %s: %,d KiB, then %+,d KiB%n", TIMES, what, before, grown);
    assertThat(grown).as(what).isLessThan(50_000);
  }

  /** Resident memory beside the Java heap. */
  private static long nativeKb() throws IOException {
    return residentKb() - Runtime.getRuntime().totalMemory() / 1024;
  }

  private static long residentKb() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS");
  }
}
