package dev.parley.orchestrator.grounded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.ShippedCharacters;
import dev.parley.orchestrator.conversation.Thought;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How often the answer is right and how often there should have been none, on the questions that
 * the threshold was chosen on and on others that were written without looking at what it does to
 * them.
 */
class GroundedQuestionsTest {
  /**
   * Of answerable questions: right, wrong, and not known; of others: answered all the same.
   *
   * @param misses what was wrong, one a line
   */
  record Score(int right, int wrong, int unknown, int invented, int others, List<String> misses) {
    double precision() {
      return (double) right / (right + wrong + invented);
    }

    double recall() {
      return (double) right / (right + wrong + unknown);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "right %d, wrong %d, unknown %d, invented %d of %d; precision %.3f, recall %.3f",
          right,
          wrong,
          unknown,
          invented,
          others,
          precision(),
          recall());
    }
  }

  @Test
  void whatItWasCalibratedOnIsAnsweredRight() throws IOException {
    Score score = score("calibration", GroundedReply.ENOUGH);
    assertThat(score.precision()).as("%s %s", score, score.misses()).isGreaterThanOrEqualTo(0.95);
    assertThat(score.recall()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void questionsItWasNotMadeForAreAnsweredRightMoreOftenThanNotAndSeldomInvented()
      throws IOException {
    Score score = score("independent", GroundedReply.ENOUGH);
    assertThat(score.precision()).as("%s %s", score, score.misses()).isGreaterThanOrEqualTo(0.85);
    assertThat(score.recall()).isGreaterThanOrEqualTo(0.7);
    assertThat(score.invented()).isLessThanOrEqualTo(score.others() / 10);
  }

  static Score score(String set, double enough) throws IOException {
    int right = 0;
    int wrong = 0;
    int unknown = 0;
    int invented = 0;
    int others = 0;
    var misses = new ArrayList<String>();
    for (String line : lines(set)) {
      String[] parts = line.split(" \\| ");
      String reply =
          new GroundedReply(thought(parts[0], parts[1]), enough, GroundedReply.ENOUGH_QUOTED)
              .text();
      boolean known = !reply.startsWith("I don't know that");
      boolean fits = parts[2].equals("-") ? !known : reply.contains(parts[2]);
      others += parts[2].equals("-") ? 1 : 0;
      invented += parts[2].equals("-") && known ? 1 : 0;
      right += !parts[2].equals("-") && fits ? 1 : 0;
      unknown += !parts[2].equals("-") && !known ? 1 : 0;
      wrong += !parts[2].equals("-") && known && !fits ? 1 : 0;
      if (!fits) {
        misses.add("\n" + line + " -> " + reply);
      }
    }
    return new Score(right, wrong, unknown, invented, others, misses);
  }

  private static Thought thought(String id, String text) {
    Character character =
        ShippedCharacters.all().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    return new Thought(Owner.LOCAL, character, "en-US", List.of(), List.of(), List.of(), text);
  }

  private static List<String> lines(String set) throws IOException {
    try (var in = GroundedQuestionsTest.class.getResourceAsStream("/grounded/" + set + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Prints how each threshold does on the set to choose it on. */
  public static void main(String[] none) throws IOException {
    for (double enough = 0.2; enough < 0.9; enough += 0.05) {
      System.out.printf("%.2f %s%n", enough, score("calibration", enough));
    }
  }
}
