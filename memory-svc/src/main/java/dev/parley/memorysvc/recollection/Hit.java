package dev.parley.memorysvc.recollection;

/**
 * An entry that was found.
 *
 * @param item what it belongs to
 * @param kind what the text that fits is
 * @param cosine how well it fits, -1 to 1
 */
public record Hit(Item item, Kind kind, double cosine) {
  /** The id of the item. */
  public String memoryId() {
    return item.id();
  }

  /** The turn it comes from. */
  public RememberedTurn turn() {
    return item.turn();
  }
}
