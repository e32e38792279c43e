package dev.parley.orchestrator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.conversation.TokenSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarksTest {
  /** What is said, and after which text which source is cited. */
  private static final class Said implements TokenSink {
    final StringBuilder text = new StringBuilder();
    final List<String> cited = new ArrayList<>();

    @Override
    public void token(String piece) {
      text.append(piece);
    }

    @Override
    public void cites(int number, String quote) {
      cited.add(number + " after " + text.toString().strip());
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  private static Said said(String answer, int... cuts) {
    var said = new Said();
    var marks = new Marks(said, Set.of(1, 2, 3));
    int from = 0;
    for (int cut : cuts) {
      marks.take(answer.substring(from, cut));
      from = cut;
    }
    marks.take(answer.substring(from));
    marks.rest();
    return said;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Snow fell in March [1]. | Snow fell in March.",
        "Snow fell in March. [1] | Snow fell in March.",
        "Snow fell in March.[1] Then rain. | Snow fell in March. Then rain.",
        "Snow fell in March. [1] Then rain. | Snow fell in March. Then rain.",
        "Snow [1] and rain [2] fell. | Snow and rain fell.",
        "Snow fell [1], [2]. | Snow fell.",
        "Snow fell [1], and rain. | Snow fell, and rain.",
        "Snow fell [1][2]. | Snow fell.",
        "Snow fell [1, 2]. | Snow fell.",
        "Snow fell [1-3]! | Snow fell!",
        "Snow fell 【1】. | Snow fell.",
        "Snow fell【1†source】. | Snow fell.",
        "Snow fell [[1]]. | Snow fell.",
        "Snow fell [^1]. | Snow fell.",
        "Snow fell [source 1]. | Snow fell.",
        "Snow fell (yes) [1]? | Snow fell (yes)?",
        "[1] Snow fell. | Snow fell.",
        "In [2024] it [laughs] fell [1]. | In [2024] it [laughs] fell.",
        "A list [a, b] and a [ | A list [a, b] and a ["
      })
  void marksLeaveNoGapAndOtherBracketsStay(String answer, String text) {
    assertThat(said(answer).text.toString().strip()).isEqualTo(text);
  }

  @Test
  void everyMarkIsToldWhereItStood() {
    assertThat(said("Snow [1] and rain [2,3]. Sun [1-2].").cited)
        .containsExactly(
            "1 after Snow",
            "2 after Snow and rain",
            "3 after Snow and rain",
            "1 after Snow and rain. Sun",
            "2 after Snow and rain. Sun");
  }

  @Test
  void howItIsCutIntoPiecesMakesNoDifference() {
    String answer =
        "Snow [1] fell, [2, 3]. It [laughs] lay 【1】 long [source 2]; [[3]] gone. [1] So.";
    Said whole = said(answer);
    var random = new Random(7);
    for (int i = 0; i < 300; i++) {
      int[] cuts = random.ints(random.nextInt(20), 0, answer.length() + 1).sorted().toArray();
      Said cut = said(answer, cuts);
      assertThat(cut.text.toString()).isEqualTo(whole.text.toString());
      assertThat(cut.cited).isEqualTo(whole.cited);
    }
  }

  @Test
  void theEndOfASentenceIsHandedOnBeforeItIsKnownWhetherAMarkFollows() {
    var said = new Said();
    var marks = new Marks(said, Set.of(1));
    marks.take("Snow fell. ");
    assertThat(said.text).hasToString("Snow fell. ");
  }

  @Test
  void marksOfSourcesThatWereNotGivenAreDroppedAndCounted() {
    var said = new Said();
    var marks = new Marks(said, Set.of(2));
    marks.take("Snow fell [1, 2, 7] and [99]. 【4:0†source】");
    marks.rest();
    assertThat(said.text.toString().strip()).isEqualTo("Snow fell and.");
    assertThat(said.cited).containsExactly("2 after Snow fell");
    assertThat(marks.dropped()).isEqualTo(4);
  }
}
