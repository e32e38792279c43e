package dev.parley.memorysvc.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("The cats' dogs, and Ann's house.", "the cat dog and ann house"),
        Arguments.of("Cafés ÉTÉ naïve", "cafe ete naive"),
        Arguments.of("queries bus glass is 42nd v2.0", "query bus glass is 42nd v2 0"),
        Arguments.of("don't o\u2019clock", "dont oclock"),
        Arguments.of("東京都に行く", "東京 京都 都に に行 行く"),
        Arguments.of("GPU東京 x", "gpu 東京 x"),
        Arguments.of("  \n \u0000 ... \uD83D\uDE00 \uD800", ""),
        Arguments.of("ﬁne Ｗｉｄｅ", "fine wide"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void wordsAreFoldedAndCut(String text, String words) {
    assertThat(String.join(" ", Words.of(text))).isEqualTo(words);
  }

  @Test
  void aVeryLongWordIsCut() {
    assertThat(Words.of("x".repeat(1000))).containsExactly("x".repeat(64));
  }
}
