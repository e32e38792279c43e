package dev.parley.orchestrator.conversation;

/** Takes tasks for the one thread that owns a session. Any thread; never blocks. */
@FunctionalInterface
public interface Mailbox {
  /** Runs the task later on the session's thread, in the order of posting. */
  void post(Runnable task);
}
