package dev.parley.orchestrator.grounded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a text is about: the stems of its telling words, each with the concepts it belongs to and
 * how much it counts.
 */
record Terms(Map<String, Term> byStem) {
  private static final int MOST_WORDS = 400;

  /** One telling word. */
  record Term(String stem, Set<String> concepts, double weight) {}

  /** Terms of a text; words that merely say what somebody likes count little. */
  static Terms of(String text) {
    return of(English.words(text, MOST_WORDS), 1);
  }

  static Terms of(List<String> words, double weight) {
    var terms = new LinkedHashMap<String, Term>();
    for (String word : words) {
      String stem = English.stem(word);
      Set<String> concepts = English.concepts(word);
      if (!English.saysLittle(word)) {
        terms.putIfAbsent(stem, new Term(stem, concepts, weight));
      } else if (!concepts.isEmpty()) {
        terms.putIfAbsent(stem, new Term(stem, concepts, weight * 0.25));
      }
    }
    return new Terms(terms);
  }

  /** These and others, each counting {@code weight} times as much; what is here already stays. */
  Terms with(Terms others, double weight) {
    var all = new LinkedHashMap<>(byStem);
    others.byStem.forEach(
        (stem, it) -> all.putIfAbsent(stem, new Term(stem, it.concepts(), it.weight() * weight)));
    return new Terms(all);
  }

  /** A concept asked for by the shape of a question. */
  Terms withConcept(String concept) {
    var all = new LinkedHashMap<>(byStem);
    all.put(concept, new Term(concept, Set.of(concept), 1));
    return new Terms(all);
  }

  /** All concepts named by any term. */
  Set<String> concepts() {
    return byStem.values().stream()
        .flatMap(it -> it.concepts().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether some word says what this is about. */
  boolean telling() {
    return byStem.values().stream().anyMatch(it -> it.weight() >= 0.5);
  }
}
