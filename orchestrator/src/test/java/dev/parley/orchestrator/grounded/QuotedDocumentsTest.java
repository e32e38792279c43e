package dev.parley.orchestrator.grounded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.ShippedCharacters;
import dev.parley.orchestrator.conversation.Passage;
import dev.parley.orchestrator.conversation.Thought;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often documents answer right, wrong, or although they hold no answer: on the questions that
 * the threshold was chosen on (c) and on those it was only tested with (i). Every question gets the
 * five passages of 48 that share most with it by their words (BM25), as a search would bring them.
 */
class QuotedDocumentsTest {
  private static final int FOUND = 5;
  private static final List<Passage> SHELF = shelf();

  /** Of answerable questions: right, wrong, not known; of others: answered all the same. */
  record Score(int right, int wrong, int unknown, int invented, int others, List<String> misses) {
    double answered() {
      return (double) right / (right + wrong + unknown);
    }

    double falseAnswers() {
      return (double) invented / others;
    }

    double precision() {
      return (double) right / (right + wrong + invented);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "right %d, wrong %d, unknown %d; invented %d of %d; answer rate %.2f, precision %.2f",
          right,
          wrong,
          unknown,
          invented,
          others,
          answered(),
          precision());
    }
  }

  @Test
  void whatItWasCalibratedOnIsAnsweredAndSeldomInvented() {
    Score score = score("c", GroundedReply.ENOUGH_QUOTED);
    assertThat(score.answered()).as("%s %s", score, score.misses()).isGreaterThanOrEqualTo(0.92);
    assertThat(score.falseAnswers()).as("%s %s", score, score.misses()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void questionsItWasNotMadeForAreAnsweredAndSeldomInvented() {
    Score score = score("i", GroundedReply.ENOUGH_QUOTED);
    assertThat(score.answered()).as("%s %s", score, score.misses()).isGreaterThanOrEqualTo(0.78);
    assertThat(score.falseAnswers()).as("%s %s", score, score.misses()).isLessThanOrEqualTo(0.07);
  }

  @Test
  void everythingItSaysFromADocumentStandsInThePassageItCites() {
    for (String line : lines("passage-questions")) {
      Thought thought = thought(line.split(" \\| ")[1]);
      for (Saying it : new GroundedReply(thought).sayings()) {
        if (it.number() > 0) {
          assertThat(thought.passages().get(it.number() - 1).text()).contains(it.quote());
          assertThat(it.text()).isEqualTo(it.quote().replaceAll("\\s+", " "));
        }
      }
    }
  }

  static Score score(String set, double enough) {
    int right = 0;
    int wrong = 0;
    int unknown = 0;
    int invented = 0;
    int others = 0;
    var misses = new ArrayList<String>();
    for (String line : lines("passage-questions")) {
      String[] parts = line.split(" \\| ");
      if (!parts[0].equals(set)) {
        continue;
      }
      var reply = new GroundedReply(thought(parts[1]), GroundedReply.ENOUGH, enough).text();
      boolean none = parts[2].equals("-");
      boolean known = !reply.startsWith("I don't know that") && !reply.startsWith("You haven't");
      boolean fits = none ? !known : reply.contains(parts[2]);
      others += none ? 1 : 0;
      invented += none && known ? 1 : 0;
      right += !none && fits ? 1 : 0;
      unknown += !none && !known ? 1 : 0;
      wrong += !none && known && !fits ? 1 : 0;
      if (!fits) {
        misses.add("\n" + line + " -> " + reply);
      }
    }
    return new Score(right, wrong, unknown, invented, others, misses);
  }

  private static Thought thought(String text) {
    Character reader =
        ShippedCharacters.all().getFirst().knowing(List.of("shelf"), Optional.empty());
    return new Thought(Owner.LOCAL, reader, "en-US", List.of(), List.of(), found(text), text);
  }

  /** The best by BM25 (k1 = 1.2, b = 0.75) over stems. */
  private static List<Passage> found(String question) {
    List<List<String>> bags = SHELF.stream().map(QuotedDocumentsTest::stems).toList();
    double mean = bags.stream().mapToInt(List::size).average().orElse(1);
    List<String> asked =
        English.words(question, 50).stream()
            .filter(it -> !English.saysLittle(it))
            .map(English::stem)
            .toList();
    return IntStream.range(0, SHELF.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -bm25(asked, bags, i, mean)))
        .limit(FOUND)
        .map(SHELF::get)
        .toList();
  }

  private static double bm25(List<String> asked, List<List<String>> bags, int i, double mean) {
    double score = 0;
    for (String term : asked) {
      long in = bags.stream().filter(bag -> bag.contains(term)).count();
      long here = bags.get(i).stream().filter(term::equals).count();
      double idf = Math.log(1 + (bags.size() - in + 0.5) / (in + 0.5));
      score += idf * here * 2.2 / (here + 1.2 * (0.25 + 0.75 * bags.get(i).size() / mean));
    }
    return score;
  }

  private static List<String> stems(Passage it) {
    return English.words(it.title() + " " + it.text(), 1000).stream().map(English::stem).toList();
  }

  private static List<Passage> shelf() {
    var shelf = new ArrayList<Passage>();
    for (String line : lines("passages")) {
      String[] parts = line.split(" \\| ");
      String id = "c" + shelf.size();
      shelf.add(new Passage(id, parts[0], parts[0], Integer.parseInt(parts[1]), "", parts[2], 0));
    }
    return shelf;
  }

  private static List<String> lines(String file) {
    try (var in = QuotedDocumentsTest.class.getResourceAsStream("/grounded/" + file + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Prints how each threshold does on the set to choose it on, and with "all" on both. */
  public static void main(String[] arguments) {
    for (double enough = 0.4; enough < 0.96; enough += 0.05) {
      System.out.printf("%.2f c %s%n", enough, score("c", enough));
      if (arguments.length > 0) {
        System.out.printf("%.2f i %s%n", enough, score("i", enough));
      }
    }
    System.out.println(score("c", GroundedReply.ENOUGH_QUOTED).misses());
  }
}
