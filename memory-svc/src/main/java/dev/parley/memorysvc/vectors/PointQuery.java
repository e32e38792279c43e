package dev.parley.memorysvc.vectors;

import dev.parley.memorysvc.embedding.Vector;
import java.util.List;
import java.util.Optional;

/**
 * A question to a collection. It is asked by meaning when it has a vector and by words when it has
 * some; by both, the two lists are fused.
 *
 * @param vector the meaning looked for
 * @param words the words looked for; blank looks for none
 * @param conditions all of which a hit fulfils
 * @param limit most hits, 1 or more
 * @param deadline after it, what has not answered is left out
 */
public record PointQuery(
    Optional<Vector> vector,
    String words,
    List<Condition> conditions,
    int limit,
    Deadline deadline) {

  /** Copies the conditions. */
  public PointQuery {
    conditions = List.copyOf(conditions);
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected 1 or more)");
    }
  }

  /** The nearest to a vector, without a deadline. */
  public static PointQuery nearest(Vector vector, List<Condition> conditions, int limit) {
    return new PointQuery(Optional.of(vector), "", conditions, limit, Deadline.none());
  }

  /** Whether it is asked by meaning and by words. */
  public boolean isHybrid() {
    return vector.isPresent() && !words.isBlank();
  }

  /** How many candidates each of two ways should bring, so that fusing them is worth it. */
  public int candidates() {
    return Math.max(limit, Math.min(2 * limit + 80, 1000));
  }
}
