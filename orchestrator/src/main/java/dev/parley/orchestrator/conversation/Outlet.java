package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;

/** Where an attachment's events go. Called on the session's thread; never blocks. */
public interface Outlet {
  /**
   * Takes one event, or returns false when it is full; the owner then calls {@link
   * Attachment#pump()} once there is room.
   */
  boolean offer(LoggedEvent event);

  /** Nothing more comes. */
  void close();

  /** The attachment failed. */
  void fail(Failure failure);
}
