package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Turns that are over and that memory has yet to take. They are kept with the turns themselves: a
 * turn that is saved is among them, one that is removed is not. Thread-safe; blocks.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface Unremembered {
  /** Memory has that turn. */
  void taken(Owner owner, String turnId);

  /** Those that ended before that moment, oldest first: at most so many ids. */
  List<String> waiting(Instant endedBefore, int most);

  /**
   * Offers one of them, if nobody else does at this time. Until {@code taker} returns the turn
   * cannot be removed, so that nothing is remembered of what was forgotten.
   *
   * @param taker true where memory has the turn then, or will never have it; throws nothing
   */
  void offer(String turnId, Predicate<TurnRecord> taker);
}
