package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseCutterTest {
  private static final String LONG_FIRST =
      "I have spent most of my life near the sea and I never grew tired of it because it changes.";

  private static List<String> phrases(String text, int tokenLength) {
    var cutter = new PhraseCutter();
    List<String> phrases = new ArrayList<>();
    for (int at = 0; at < text.length(); at += tokenLength) {
      phrases.addAll(cutter.add(text.substring(at, Math.min(text.length(), at + tokenLength))));
    }
    phrases.add(cutter.rest());
    return phrases;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void theFirstPhraseEndsBeforeAClauseOfItsOwnHoweverTheTextComes(int tokenLength) {
    assertThat(phrases(LONG_FIRST, tokenLength))
        .containsExactly(
            "I have spent most of my life near the sea ",
            "and I never grew tired of it because it changes.");
  }

  @Test
  void onlyTheFirstPhraseIsCutBeforeItsSentenceEnds() {
    assertThat(phrases("Well, yes. " + LONG_FIRST, 4))
        .containsExactly("Well, yes. ", LONG_FIRST)
        .as("a short clause is no phrase, and words that belong together stay together");
    assertThat(phrases("Salt and pepper are all that a good old soup needs.", 5)).hasSize(1);
  }

  @Test
  void phrasesJoinedAreTheText() {
    String text = "One, two; three: four, and five but six. " + LONG_FIRST + " " + "x".repeat(700);
    assertThat(String.join("", phrases(text, 3))).isEqualTo(text);
  }
}
