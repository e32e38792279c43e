package dev.parley.orchestrator.conversation;

/** Something under way elsewhere. Any thread; cancelling twice, or what is over, does nothing. */
@FunctionalInterface
public interface Call {
  /** Stops it and everything below it; its sink hears nothing more that matters. */
  void cancel();
}
