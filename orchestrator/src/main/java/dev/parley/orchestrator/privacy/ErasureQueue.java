package dev.parley.orchestrator.privacy;

/** Background work that survives a crash. Thread-safe; blocks. */
public interface ErasureQueue {
  /**
   * Has {@link Erasing#run} called with this id until it returns; once, however often it is asked.
   */
  void submit(String erasureId);
}
