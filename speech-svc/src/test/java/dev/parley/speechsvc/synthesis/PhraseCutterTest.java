package dev.parley.speechsvc.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PhraseCutterTest {

  @Test
  void sentencesBecomePhrasesAndAbbreviationsDoNotEndThem() {
    assertThat(cut("Hello there. Ask Dr. Smith, please! Yes?").stream().map(Phrase::spoken))
        .containsExactly("Hello there.", "Ask Dr. Smith, please!", "Yes?");
  }

  @Test
  void wordsKnowWhereTheyStandInTheText() {
    var text = "Caf\u00e9 \u201copens\u201d at  nine.";
    for (var word : words(cut(text))) {
      assertThat(text.substring(word.start(), word.end())).isEqualTo(word.text());
    }
    assertThat(cut(text).getFirst().spoken()).isEqualTo("Cafe \"opens\" at nine.");
  }

  @Test
  void tagsEmojiAndOtherScriptsAreSkippedAndReported() {
    var text = "Say <break time=\"1s\"/>hi \ud83d\ude00 \u4f60\u597d now";
    var phrases = cut(text);
    assertThat(phrases.stream().map(Phrase::spoken).collect(Collectors.joining(" ")).strip())
        .isEqualTo("Say hi now");
    assertThat(skips(phrases).stream().map(s -> s.reason() + text.substring(s.start(), s.end())))
        .containsExactly("MARKUP<break time=\"1s\"/>", "UNSPEAKABLE\ud83d\ude00 \u4f60\u597d");
  }

  @Test
  void aHugeWordIsSpokenInPartAndTheRestReported() {
    var phrases = cut("x".repeat(100_000));
    assertThat(words(phrases)).hasSize(PhraseCutter.MAX_WRITTEN / PhraseCutter.MAX_WORD);
    assertThat(skips(phrases))
        .containsExactly(new Skipped(PhraseCutter.MAX_WRITTEN, 100_000, Skipped.Reason.TOO_LONG));
  }

  @Test
  void nothingToSayGivesNothing() {
    assertThat(cut("")).isEmpty();
    assertThat(cut(" \n\t ")).isEmpty();
    assertThat(words(cut("... -- !?"))).isEmpty();
  }

  @Test
  void anyTextIsCutWithinTheBoundsAndInOrder() {
    var random = new Random(7);
    for (int round = 0; round < 300; round++) {
      var text = noise(random);
      int last = 0;
      for (var phrase : cut(text)) {
        assertThat(phrase.spoken().length()).isLessThanOrEqualTo(PhraseCutter.MAX_PHRASE);
        for (var word : phrase.words()) {
          assertThat(word.spoken()).matches("[!-~]{1,64}");
          assertThat(word.start()).isGreaterThanOrEqualTo(last);
          last = word.start();
        }
      }
    }
  }

  private static String noise(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(2000);
    while (text.length() < length) {
      switch (random.nextInt(6)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.append(' ');
        case 2 -> text.append(".,;<>/&\"'\u2014".charAt(random.nextInt(10)));
        default -> text.append((char) (' ' + random.nextInt(95)));
      }
    }
    return text.toString();
  }

  private static List<Phrase> cut(String text) {
    var phrases = new ArrayList<Phrase>();
    new PhraseCutter(text).forEachRemaining(phrases::add);
    return phrases;
  }

  private static List<PhraseWord> words(List<Phrase> phrases) {
    return phrases.stream().flatMap(p -> p.words().stream()).toList();
  }

  private static List<Skipped> skips(List<Phrase> phrases) {
    return phrases.stream().flatMap(p -> p.skipped().stream()).toList();
  }
}
