package dev.parley.orchestrator.conversation;

/** Where a turn stands. */
public enum TurnState {
  QUEUED,
  RUNNING,
  COMPLETED,
  INTERRUPTED,
  FAILED,
  CANCELLED;

  /** Whether it changes no more. */
  public boolean over() {
    return this != QUEUED && this != RUNNING;
  }
}
