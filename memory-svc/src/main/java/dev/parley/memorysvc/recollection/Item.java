package dev.parley.memorysvc.recollection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something remembered. Immutable.
 *
 * @param id a UUIDv7
 * @param kind what it is
 * @param turn where it comes from and its words: a fact or a summary stands in the person's text;
 *     the turn's id is empty after a correction by hand
 * @param factKind what a fact is about
 * @param slot what a newer fact of the same slot replaces; empty replaces nothing
 * @param importance how much it matters, 0 to 1
 * @param pinned whether it is kept whatever its age
 * @param expires when it is forgotten unless pinned; empty means never
 * @param history what it was before, newest first, at most {@value #MOST_HISTORY}
 */
public record Item(
    String id,
    ItemKind kind,
    RememberedTurn turn,
    FactKind factKind,
    String slot,
    double importance,
    boolean pinned,
    Optional<Instant> expires,
    List<Earlier> history) {
  /** Earlier texts that are kept of one item. */
  public static final int MOST_HISTORY = 50;

  /** Copies the history. */
  public Item {
    history = List.copyOf(history);
  }

  /** A turn as a memory. */
  static Item of(
      String id,
      RememberedTurn turn,
      double importance,
      boolean pinned,
      Optional<Instant> expires) {
    return new Item(
        id, ItemKind.TURN, turn, FactKind.NONE, "", importance, pinned, expires, List.of());
  }

  /** A fact or a summary in a sentence; what the person said of a turn. */
  public String text() {
    return turn.personText();
  }

  /** When it was said. */
  public Instant time() {
    return turn.time();
  }

  /** Whether it is to be forgotten by now. */
  boolean isOver(Instant now) {
    return !pinned && expires.map(end -> !end.isAfter(now)).orElse(false);
  }

  /** The same, pinned or not. */
  Item pinned(boolean pin) {
    return new Item(id, kind, turn, factKind, slot, importance, pin, expires, history);
  }

  /** The same with other words, from another turn; what it was goes into its history. */
  Item now(RememberedTurn other, double matters, Optional<Instant> end) {
    List<Earlier> before = new ArrayList<>();
    before.add(new Earlier(text(), turn.sessionId(), turn.turnId(), time()));
    before.addAll(history);
    return new Item(
        id,
        kind,
        other,
        factKind,
        slot,
        matters,
        pinned,
        end,
        before.stream().limit(MOST_HISTORY).toList());
  }

  /** The same, told again in another turn. */
  Item again(RememberedTurn other, Optional<Instant> end) {
    return new Item(id, kind, other, factKind, slot, importance, pinned, end, history);
  }

  /** The same as if a session had not been. */
  Item without(String sessionId) {
    List<Earlier> rest = history.stream().filter(it -> !it.sessionId().equals(sessionId)).toList();
    return new Item(id, kind, turn, factKind, slot, importance, pinned, expires, rest);
  }
}
