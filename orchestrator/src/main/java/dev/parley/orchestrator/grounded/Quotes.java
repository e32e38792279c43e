package dev.parley.orchestrator.grounded;

import dev.parley.orchestrator.conversation.Passage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds, in passages of documents, the sentences that answer a question.
 *
 * <p>A sentence is worth the share of the question's information that it covers: each telling word
 * counts by its inverse document frequency over the sentences at hand, ln(1 + (N - n + 0.5) / (n +
 * 0.5)), so that a word which none of them has counts most. What only its passage or title covers
 * counts {@value #NEAR}. A question for a time, a length or a name is answered only by a sentence
 * that holds one.
 */
final class Quotes {
  /** Words that stand around a sentence, not in it, count so much. */
  static final double NEAR = 0.7;

  private static final double ALIKE = 0.8;
  private static final double SECOND = 0.97;
  private static final double LEAST_OWN = 0.3;
  private static final double POINTED = 0.9;
  private static final double ASKED_FOR = 0.15;
  private static final double RANK = 0.02;

  /**
   * A sentence of a passage.
   *
   * @param number of the passage, from 1
   */
  private record Line(int number, int at, String text, Terms own, Terms around) {}

  /** How well a sentence fits (for the order only) and what share of the question it covers. */
  private record Scored(Line line, double score, double covered) {}

  /** Words that ask for nothing in particular: what helps, what happens, what one may. */
  private static final Set<String> LIGHT =
      Set.of(
          ("mean help against happen take need use find allow possible permit spend go goe get put show"
                  + " become work off must keep give back way")
              .split(" "));

  /** A title says what is answered, not the answer. */
  private static final Pattern HEADING = Pattern.compile("#{1,6} .*|[^.!?:;\\d]{1,60}");

  private static final Pattern POINTING =
      Pattern.compile("(?:It|Its|They|Their|He|His|She|Her|This|These|That|Those|Then)\\b.*");

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Integer> linesWith = new HashMap<>();

  Quotes(List<Passage> passages) {
    for (int p = 0; p < passages.size(); p++) {
      Terms around = Terms.of(passages.get(p).title() + ". " + passages.get(p).text());
      List<String> sentences =
          Sentences.of(passages.get(p).text()).stream()
              .filter(it -> !HEADING.matcher(it).matches())
              .toList();
      for (int i = 0; i < sentences.size(); i++) {
        Terms own = Terms.of(sentences.get(i));
        boolean back = i > 0 && POINTING.matcher(sentences.get(i)).matches();
        Terms meant = back ? own.with(Terms.of(sentences.get(i - 1)), POINTED) : own;
        lines.add(new Line(p + 1, i, sentences.get(i), meant, around));
      }
    }
    for (Line line : lines) {
      Stream.concat(line.own().byStem().keySet().stream(), line.own().concepts().stream())
          .distinct()
          .forEach(term -> linesWith.merge(term, 1, Integer::sum));
    }
  }

  /** Sentences that answer, in the order to be said; none where no one covers {@code enough}. */
  List<Saying> answering(String question, double enough) {
    Expected expected = Expected.of(question);
    Terms asked = Terms.of(expected.topic(question));
    if (!asked.telling()) {
      return List.of();
    }
    List<Scored> best =
        lines.stream()
            .filter(
                it -> expected.heldBy(it.text()) && !(expected == Expected.NAME && pointing(it)))
            .map(it -> scored(asked, expected.asking(question), it))
            .filter(it -> it.covered() >= enough)
            .sorted(Comparator.comparingDouble(it -> -it.score()))
            .toList();
    return best.isEmpty() ? List.of() : joined(best);
  }

  /** The best, what it points back to, and a second of the same passage that is nearly as good. */
  private List<Saying> joined(List<Scored> best) {
    Scored first = best.getFirst();
    var said = new ArrayList<Line>();
    before(first.line()).ifPresent(said::add);
    said.add(first.line());
    best.stream()
        .skip(1)
        .filter(it -> it.score() >= first.score() * SECOND)
        .map(Scored::line)
        .filter(it -> it.number() == first.line().number() && !said.contains(it))
        .findFirst()
        .ifPresent(second -> {
          before(second).filter(it -> !said.contains(it)).ifPresent(said::add);
          said.add(second);
        });
    said.sort(Comparator.comparingInt(Line::at));
    return said.stream().map(it -> Saying.quoting(it.number(), it.text())).toList();
  }

  /** What "it" or "they" at the beginning of a sentence stands for. */
  private Optional<Line> before(Line line) {
    return lines.stream()
        .filter(it -> pointing(line) && it.number() == line.number() && it.at() == line.at() - 1)
        .findFirst();
  }

  private static boolean pointing(Line line) {
    return POINTING.matcher(line.text()).matches();
  }

  private Scored scored(Terms asked, Terms asking, Line line) {
    double wanted = 0;
    double own = 0;
    double covered = 0;
    int telling = 0;
    int met = 0;
    for (Terms.Term term : asked.byStem().values()) {
      double weight = (LIGHT.contains(term.stem()) ? 0.25 : term.weight()) * rarity(term);
      double here = match(term, line.own());
      wanted += weight;
      own += weight * here;
      double near = Math.max(here, NEAR * match(term, line.around()));
      covered += weight * near;
      telling += LIGHT.contains(term.stem()) ? 0 : 1;
      met += LIGHT.contains(term.stem()) || near == 0 ? 0 : 1;
    }
    boolean asks = asking.byStem().values().stream().anyMatch(it -> match(it, line.own()) > 0);
    double share = own < LEAST_OWN * wanted && !asks || 2 * met <= telling ? 0 : covered / wanted;
    double brevity = 0.03 / (1 + line.own().byStem().size() / 8.0);
    double score =
        share + (asks ? ASKED_FOR : 0) + 0.1 * own / wanted + brevity - RANK * line.number();
    return new Scored(line, score, share);
  }

  private static double match(Terms.Term asked, Terms in) {
    if (in.byStem().containsKey(asked.stem())) {
      return 1;
    }
    boolean like =
        asked.concepts().stream().anyMatch(in.concepts()::contains)
            || in.byStem().keySet().stream().anyMatch(it -> related(asked.stem(), it));
    return like ? ALIKE : 0;
  }

  /** Words of one root: approve and approval. */
  private static boolean related(String one, String other) {
    int longer = Math.max(one.length(), other.length());
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same >= 5 && same >= 0.7 * longer;
  }

  private double rarity(Terms.Term term) {
    int seen = 0;
    for (Map.Entry<String, Integer> it : linesWith.entrySet()) {
      if (it.getKey().equals(term.stem()) || related(it.getKey(), term.stem())) {
        seen = Math.max(seen, it.getValue());
      }
    }
    for (String concept : term.concepts()) {
      seen = Math.max(seen, linesWith.getOrDefault(concept, 0));
    }
    return Math.log(1 + (lines.size() - seen + 0.5) / (seen + 0.5));
  }
}
