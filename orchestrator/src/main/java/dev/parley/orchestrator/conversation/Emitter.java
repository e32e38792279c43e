package dev.parley.orchestrator.conversation;

/** Gives events their number and sends them to all that are attached. The session's thread only. */
@FunctionalInterface
interface Emitter {
  /**
   * Logs and sends.
   *
   * @param turnId empty outside a turn
   * @param mediaUs on the turn's clock; negative where the event has no place on it
   */
  void emit(String turnId, long mediaUs, Event event);

  /** What another process needs to go on, and no event says, is not what it was. */
  default void changed() {}
}
