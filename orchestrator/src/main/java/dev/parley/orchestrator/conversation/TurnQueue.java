package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Turns that wait for the one that runs. The session's thread owns it; any thread may ask for room.
 */
final class TurnQueue {
  private static final int MOST = 32;
  private final ArrayDeque<TurnRequest> waiting = new ArrayDeque<>();
  private volatile int count;

  /**
   * Any thread.
   *
   * @throws Failure OVERLOADED when too many turns wait
   */
  void mustHaveRoom() {
    if (count >= MOST) {
      throw Failure.of(
              Failure.Code.RESOURCE_EXHAUSTED,
              "OVERLOADED",
              "turns waiting: " + count + " (expected at most " + MOST + ")")
          .retryAfter(Duration.ofSeconds(5));
    }
  }

  /** Those that wait, in their order. */
  List<TurnRequest> list() {
    return List.copyOf(waiting);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(TurnRequest request) {
    waiting.add(request);
    count = waiting.size();
  }

  /** The one that waited longest; there must be one. */
  TurnRequest next() {
    TurnRequest next = waiting.remove();
    count = waiting.size();
    return next;
  }

  /** Takes out the turn with that id, where it waits. */
  List<TurnRequest> remove(String turnId) {
    List<TurnRequest> found = waiting.stream().filter(r -> r.turnId().equals(turnId)).toList();
    waiting.removeAll(found);
    count = waiting.size();
    return found;
  }

  /** Takes out all. */
  List<TurnRequest> clear() {
    List<TurnRequest> all = list();
    waiting.clear();
    count = 0;
    return all;
  }
}
