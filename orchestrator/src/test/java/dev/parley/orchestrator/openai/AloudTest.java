package dev.parley.orchestrator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AloudTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello there. | Hello there.",
        "<think>hm, well, a < b</think>Hello. | Hello.",
        "<think></think>Hello. | Hello.",
        "<thinking is hard | <thinking is hard",
        "<th | <th",
        "I <think> so. | I <think> so.",
        "<think>never ends and ends and ends | ''"
      })
  void saysWhatIsMeantToBeHeardHoweverItIsCut(String answer, String aloud) {
    for (int size = 1; size <= answer.length(); size++) {
      var filter = new Aloud();
      var said = new StringBuilder();
      for (int i = 0; i < answer.length(); i += size) {
        said.append(filter.of(answer.substring(i, Math.min(i + size, answer.length()))));
      }
      assertThat(said.append(filter.rest()).toString()).as("pieces of " + size).isEqualTo(aloud);
    }
  }
}
