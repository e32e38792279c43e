package dev.parley.orchestrator.grounded;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sentences that can be quoted, scored against a question.
 *
 * <p>The score is the share of the question's information that a sentence covers: each term counts
 * with its inverse document frequency over these sentences (as BM25 has it), a word that no
 * sentence has counts most, and a word of like meaning counts {@value #ALIKE} of the word itself.
 * So 1 means everything asked for is there and 0 means nothing is.
 */
final class Passages {
  private static final double ALIKE = 0.8;
  private static final int OPENING_WORDS = 5;

  /** A sentence, how well it fits (for the order only) and what share of the question it covers. */
  record Scored(String text, double score, double covered) {}

  private final boolean loose;
  private final List<String> texts;
  private final List<Terms> terms;
  private final List<Terms> openings;
  private final Map<String, Integer> sentencesWith = new HashMap<>();

  /** Sentences in which a word stands for any other of like meaning. */
  static Passages loose(List<String> texts) {
    return new Passages(texts, true);
  }

  /** Sentences in which only the general word stands for others: a pet may be a cat, a dog not. */
  static Passages strict(List<String> texts) {
    return new Passages(texts, false);
  }

  private Passages(List<String> texts, boolean loose) {
    this.loose = loose;
    this.texts = List.copyOf(texts);
    this.terms = this.texts.stream().map(Terms::of).toList();
    this.openings =
        this.texts.stream().map(it -> Terms.of(English.words(it, OPENING_WORDS), 1)).toList();
    for (Terms it : terms) {
      Stream.concat(it.byStem().keySet().stream(), it.concepts().stream())
          .distinct()
          .forEach(term -> sentencesWith.merge(term, 1, Integer::sum));
    }
  }

  List<String> texts() {
    return texts;
  }

  /** All that fit at all, best first; earlier sentences win ties. */
  List<Scored> best(Terms question, Asks asks) {
    return Stream.iterate(0, i -> i < texts.size(), i -> i + 1)
        .map(i -> scored(question, asks, i))
        .filter(it -> it.score() > 0)
        .sorted(Comparator.comparingDouble((Scored it) -> -it.score()))
        .toList();
  }

  private Scored scored(Terms question, Asks asks, int i) {
    double wanted = 0;
    double covered = 0;
    for (Terms.Term term : question.byStem().values()) {
      double weight = term.weight() * rarity(term);
      wanted += weight;
      covered += weight * match(term, terms.get(i));
    }
    if (covered == 0) {
      return new Scored(texts.get(i), 0, 0);
    }
    double share = covered / wanted;
    double form = asks.fits(texts.get(i)) ? 1.12 : 1;
    double brevity = 0.05 / (1 + terms.get(i).byStem().size() / 8.0);
    return new Scored(
        texts.get(i), share * form * (opens(question, i) ? 1.25 : 1) + brevity, share);
  }

  /** Whether a sentence begins with what was asked for, rather than mentioning it in passing. */
  private boolean opens(Terms question, int i) {
    return question.byStem().values().stream()
        .anyMatch(it -> it.weight() >= 0.5 && match(it, openings.get(i)) > 0);
  }

  private double match(Terms.Term asked, Terms sentence) {
    if (sentence.byStem().containsKey(asked.stem())) {
      return 1;
    }
    var concepts = sentence.concepts();
    return asked.concepts().stream()
            .filter(it -> loose || it.equals("#" + asked.stem()))
            .anyMatch(concepts::contains)
        ? ALIKE
        : 0;
  }

  private double rarity(Terms.Term term) {
    int seen = sentencesWith.getOrDefault(term.stem(), 0);
    for (String concept : term.concepts()) {
      seen = Math.max(seen, sentencesWith.getOrDefault(concept, 0));
    }
    return Math.log(1 + (texts.size() - seen + 0.5) / (seen + 0.5));
  }
}
