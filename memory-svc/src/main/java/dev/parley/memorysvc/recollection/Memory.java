package dev.parley.memorysvc.recollection;

/**
 * Something recalled.
 *
 * @param item it
 * @param score cosine of the angle between the two meanings, -1 to 1
 * @param recency 0.995 to the power of the hours since it was last recalled, 0 to 1
 * @param rank what orders memories, 0 to 1: see {@link Ranking}
 */
public record Memory(Item item, double score, double recency, double rank) {
  /** A UUIDv7, the same for the same turn of the same owner. */
  public String id() {
    return item.id();
  }

  /** The turn it comes from. */
  public RememberedTurn turn() {
    return item.turn();
  }
}
