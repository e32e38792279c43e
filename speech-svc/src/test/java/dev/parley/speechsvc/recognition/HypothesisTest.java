package dev.parley.speechsvc.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HypothesisTest {

  @ParameterizedTest
  @CsvSource({
    "if, 2000, 2200, 0.18", // drawn over all of the noise
    "if, 250, 2200, 0.17",
    "behalf, 1100, 2300, 0.38",
    "yes, 900, 900, 0.90", // drawn, and all there is
    "no, 300, 500, 0.90", // short speech has short words
    "東京都, 700, 1400, 0.75",
  })
  void wordsThatFillLittleOfTheSpeechAreDoubted(
      String word, long wordMs, long speechMs, double sure) {
    var heard = Hypothesis.of(List.of(new HeardWord(word, 0, wordMs * 1000, 0.9)));
    assertThat(heard.covering(speechMs * 1000).confidence())
        .isCloseTo(sure, org.assertj.core.data.Offset.offset(0.01));
  }
}
