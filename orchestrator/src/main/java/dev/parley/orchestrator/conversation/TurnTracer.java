package dev.parley.orchestrator.conversation;

/** Follows turns from outside, by ids and times. It is never told what was said. */
public interface TurnTracer {
  /** Follows nothing. */
  TurnTracer NONE =
      (sessionId, turnId, characterId) ->
          new Trace() {
            @Override
            public Runnable within(Runnable task) {
              return task;
            }

            @Override
            public void ended(TurnState state, Receipt receipt) {}
          };

  /** A turn that is followed. Thread-safe. */
  interface Trace {
    /** The task, so that the calls it makes belong to the turn. */
    Runnable within(Runnable task);

    /** The turn is over. Called once. */
    void ended(TurnState state, Receipt receipt);
  }

  /** A turn begins. */
  Trace begin(String sessionId, String turnId, String characterId);
}
