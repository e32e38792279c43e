package dev.parley.memorysvc.recollection;

import dev.parley.memorysvc.embedding.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds facts about a person in their own words without a language model: by the forms in which
 * people tell them, and by meaning where a form alone is not sure. English only. It would rather
 * miss a fact than make one up. Safe for use by many threads.
 */
public final class FactFinder {
  private static final Pattern INTRODUCED =
      Pattern.compile("(?:I'm|I am|i'm|i am|[Tt]his is|[Ii]t's) (\\p{Lu}[\\p{L}'-]+)(?: here)?");
  private static final int MOST = 8;

  private final Professions professions;

  /** Finds with the meanings of an embedding model. */
  public FactFinder(Embedder embedder) {
    this.professions = new Professions(embedder);
  }

  /** The facts in what a person said, in its order, at most 8. */
  public List<Fact> in(String said) {
    List<Fact> facts = new ArrayList<>();
    for (Clauses.Clause clause : Clauses.of(said)) {
      fact(clause).ifPresent(facts::add);
    }
    return facts.stream().distinct().limit(MOST).toList();
  }

  private Optional<Fact> fact(Clauses.Clause clause) {
    if (clause.greeted() && INTRODUCED.matcher(clause.text()).matches()) {
      return Optional.of(new Fact(FactKind.NAME, clause.text() + ".", "name", 0.9));
    }
    for (FactRule rule : FactRules.ALL) {
      Optional<Fact> fact = rule.in(clause.text());
      if (fact.isPresent()) {
        return fact;
      }
    }
    return professions.in(clause.text());
  }
}
