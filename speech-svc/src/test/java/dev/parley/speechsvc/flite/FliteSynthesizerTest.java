package dev.parley.speechsvc.flite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.Levels;
import dev.parley.speechsvc.synthesis.Need;
import dev.parley.speechsvc.synthesis.Phrase;
import dev.parley.speechsvc.synthesis.PhraseCutter;
import dev.parley.speechsvc.synthesis.Prosody;
import dev.parley.speechsvc.synthesis.SpokenPhrase;
import dev.parley.speechsvc.synthesis.SpokenWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FliteSynthesizerTest {

  private static final long GRID_US = 10_000;
  private static final List<String> LONG_ONES =
      List.of(
          "I can talk with you by voice or in writing, remember what you tell me.",
          "Perhaps Bob may pop up, but probably people stop by.",
          "Well, here is the 25th of 300 examples, Dr. Smith.",
          "It is; and that, in short, is all there is to tell of it.");

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
  void everyVoiceSaysEveryWordInOrderWithinTheAudio(String voice) {
    var spoken = say("Hello, Dr. Smith: it is 25 degrees.", voice, Prosody.PLAIN);
    assertThat(spoken.words())
        .extracting(w -> w.word().text())
        .containsExactly("Hello,", "Dr.", "Smith:", "it", "is", "25", "degrees.");
    long last = 0;
    for (var word : spoken.words()) {
      assertThat(word.startUs()).isGreaterThanOrEqualTo(last);
      assertThat(word.endUs()).isGreaterThan(word.startUs());
      last = word.endUs();
    }
    assertThat(last).isLessThanOrEqualTo(spoken.audio().durationUs());
    assertThat(Levels.rms(spoken.audio().samples(), 0, spoken.audio().samples().length))
        .isBetween(1500.0, 8000.0);
  }

  @Test
  void phonesCoverThePhraseWithoutGaps() {
    var spoken = say("Bob may phone.", "slt", Prosody.PLAIN);
    long at = 0;
    for (var viseme : spoken.visemes()) {
      assertThat(viseme.startUs()).isEqualTo(at);
      at = viseme.endUs();
    }
    assertThat(at).isCloseTo(spoken.audio().durationUs(), within(60_000L));
    assertThat(spoken.visemes()).extracting(v -> v.phone()).contains("b", "m", "f");
  }

  @Test
  void speedPitchAndVolumeChangeWhatTheyName() {
    var plain = say("We are all away now.", "slt", Prosody.PLAIN);
    var fast = say("We are all away now.", "slt", new Prosody(1.5, 1, 1));
    var quiet = say("We are all away now.", "slt", new Prosody(1, 1, 0.5));
    var high = say("We are all away now.", "rms", new Prosody(1, 1.3, 1));
    var low = say("We are all away now.", "rms", new Prosody(1, 1, 1));
    assertThat((double) plain.audio().durationUs() / fast.audio().durationUs())
        .isCloseTo(1.5, within(0.05));
    assertThat(rms(quiet) / rms(plain)).isCloseTo(0.5, within(0.02));
    assertThat((double) high.audio().durationUs() / low.audio().durationUs())
        .isCloseTo(1, within(0.03));
  }

  @ParameterizedTest
  @CsvSource({"slt,24000", "slt-warm,24000", "rms,16000", "awb,44100", "kal,16000", "slt,22050"})
  void inPiecesItIsTheSamePhrase(String voice, int rate) {
    for (var text : LONG_ONES) {
      var prosody = new Prosody(1.1, 1.05, 0.9);
      var phrase = new PhraseCutter(text).next();
      var whole = flite.speak(phrase, voice, prosody, rate);
      var pieces = new ArrayList<SpokenPhrase>();
      flite.speak(phrase, voice, prosody, rate, Need.NOW, pieces::add);
      assertThat(pieces).as(text).hasSize(2);
      assertThat(pieces.getFirst().audio().durationUs()).isBetween(300_000L, 1_200_000L);
      assertSame(whole, pieces);
    }
  }

  private static void assertSame(SpokenPhrase whole, List<SpokenPhrase> pieces) {
    long at = 0;
    int sample = 0;
    var words = new ArrayList<SpokenWord>();
    for (var piece : pieces) {
      long from = 0;
      for (var shape : piece.visemes()) {
        assertThat(shape.startUs()).isEqualTo(from);
        from = shape.endUs();
      }
      var samples = piece.audio().samples();
      assertThat(samples)
          .isEqualTo(Arrays.copyOfRange(whole.audio().samples(), sample, sample + samples.length));
      sample += samples.length;
      for (var word : piece.words()) {
        words.add(new SpokenWord(word.word(), at + word.startUs(), at + word.endUs()));
      }
      at += piece.audio().durationUs();
    }
    assertThat(sample).isEqualTo(whole.audio().samples().length);
    for (int i = 0; i < words.size(); i++) {
      assertThat(words.get(i).word()).isEqualTo(whole.words().get(i).word());
      assertThat(words.get(i).startUs()).isCloseTo(whole.words().get(i).startUs(), within(GRID_US));
      assertThat(words.get(i).endUs()).isCloseTo(whole.words().get(i).endUs(), within(GRID_US));
    }
    assertThat(words).hasSameSizeAs(whole.words());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Yes.", "No, thanks.", "Of course."})
  void whatIsShortIsOnePiece(String text) {
    var pieces = new ArrayList<SpokenPhrase>();
    var phrase = new PhraseCutter(text).next();
    flite.speak(phrase, "slt", Prosody.PLAIN, 24_000, Need.NOW, pieces::add);
    assertThat(pieces).hasSize(1);
    assertThat(pieces.getFirst().audio().samples())
        .isEqualTo(say(text, "slt", Prosody.PLAIN).audio().samples());
  }

  @Test
  void anUnknownVoiceIsAFailureThatNamesIt() {
    assertThatThrownBy(() -> say("Hi", "nobody", Prosody.PLAIN))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nobody");
  }

  @Test
  @Timeout(120)
  void noTextCrashesOrStalls() {
    var random = new Random(3);
    var odd = new ArrayList<String>();
    odd.add("x".repeat(100_000));
    odd.add("9".repeat(64) + " $" + "1,".repeat(40) + " 1/2/3 a.b.c. I.B.M. MMXXVI #$%^&*()");
    odd.add("http://example.com/?q=1&r=2 user@example.com C:\\temp 12:34:56 -5 +4 1e9 0x1F");
    for (int i = 0; i < 60; i++) {
      var text = new StringBuilder();
      for (int k = random.nextInt(120); k > 0; k--) {
        text.append((char) (random.nextInt(9) == 0 ? ' ' : '!' + random.nextInt(94)));
      }
      odd.add(text.toString());
    }
    for (var text : odd) {
      var phrases = new PhraseCutter(text);
      for (int i = 0; i < 3 && phrases.hasNext(); i++) {
        var phrase = phrases.next();
        var spoken = flite.speak(phrase, "kal", Prosody.PLAIN, 16_000);
        assertThat(spoken.words()).hasSize(phrase.words().size());
      }
    }
  }

  @Test
  void manyAtOnceSayWhatOneAloneSays() throws Exception {
    var alone = say("Birds fly over the rainbow.", "slt", Prosody.PLAIN);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<SpokenPhrase>>();
      for (int i = 0; i < 12; i++) {
        all.add(callers.submit(() -> say("Birds fly over the rainbow.", "slt", Prosody.PLAIN)));
      }
      for (var one : all) {
        assertThat(one.get().phones()).isEqualTo(alone.phones());
        assertThat(one.get().words()).isEqualTo(alone.words());
        assertThat(one.get().audio().samples()).isEqualTo(alone.audio().samples());
      }
    }
  }

  @Test
  @Timeout(180)
  void aThousandPhrasesLeaveNoMemoryBehind() throws IOException {
    for (int i = 0; i < 1200; i++) {
      say("Number " + i + " is here.", "kal", Prosody.PLAIN);
    }
    System.gc();
    long before = residentKb();
    for (int i = 0; i < 1200; i++) {
      say("Number " + i + " is here.", "kal", Prosody.PLAIN);
    }
    System.gc();
    // Without freeing, each phrase keeps more than 100 KB.
    assertThat(residentKb() - before).isLessThan(60_000);
  }

  private static long residentKb() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS");
  }

  private static SpokenPhrase say(String text, String voice, Prosody prosody) {
    Phrase phrase = new PhraseCutter(text).next();
    return flite.speak(phrase, voice, prosody, 24_000);
  }

  private static double rms(SpokenPhrase spoken) {
    return Levels.rms(spoken.audio().samples(), 0, spoken.audio().samples().length);
  }
}
