package dev.parley.memorysvc.vectors;

import dev.parley.memorysvc.embedding.Vector;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asks of a collection, before its text has a meaning.
 *
 * @param vector nearest to this one, which is of the embedding model in use where the collection
 *     stands on it; without it the meaning of the text is looked for
 * @param text words and meaning; may be blank when there is a vector
 * @param legs ways to look; none means both where there is a text, else by meaning
 * @param conditions all of which a hit fulfils
 * @param limit most hits, 1 or more
 * @param deadline after it, what has not answered is left out
 */
public record Question(
    Optional<Vector> vector,
    String text,
    List<Leg> legs,
    List<Condition> conditions,
    int limit,
    Deadline deadline) {

  /** Copies the lists. */
  public Question {
    legs = List.copyOf(legs);
    conditions = List.copyOf(conditions);
  }

  boolean asks(Leg leg) {
    if (legs.isEmpty()) {
      return leg == Leg.DENSE || !text.isBlank();
    }
    return legs.contains(leg);
  }

  PointQuery toQuery(Optional<Vector> meaning) {
    String words = asks(Leg.LEXICAL) ? text : "";
    return new PointQuery(meaning, words, conditions, limit, deadline);
  }
}
