package dev.parley.memorysvc.recollection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @ParameterizedTest
  @ValueSource(strings = {"what food do I like", "Do you remember my name?", "so who am i"})
  void questionsAreQuestionsWithOrWithoutTheirMark(String text) {
    assertThat(Question.is(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I love pasta",
        "My dog is called Rex. Do you like dogs?",
        "Howard is my brother",
        ""
      })
  void whatIsToldIsNoQuestion(String text) {
    assertThat(Question.is(text)).isFalse();
  }

  @Test
  void passagesAreBoundedAndKeepWholeSentences() {
    String sentence = "The quick brown fox jumps over the lazy dog again. ";
    var passages = Passages.of(sentence.repeat(40));
    assertThat(passages).hasSizeGreaterThan(1);
    assertThat(passages).allMatch(p -> p.length() <= Passages.LONGEST && p.endsWith("again."));
    assertThat(String.join(" ", passages)).isEqualTo(sentence.repeat(40).strip());
  }

  @Test
  void aTextWithoutAnyBreakIsCutAndAVeryLongOneEnds() {
    assertThat(Passages.of("x".repeat(100_000)))
        .hasSize(Passages.MOST)
        .allMatch(p -> p.length() == Passages.LONGEST);
    assertThat(Passages.of("  \n ")).isEmpty();
  }
}
