package dev.parley.kit.jobs;

/**
 * What a kind of job does. Must bear being done again from its beginning: a process may end at any
 * point of it. Called by several threads, for one id by one at a time.
 */
public interface Work {
  /** What comes after a step. */
  enum Next {
    /** The same job runs again at once. */
    AGAIN,
    /** The job is done and forgotten. */
    DONE
  }

  /**
   * Does one step. What it throws is tried again after a pause.
   *
   * @param id of the job, as it was submitted
   * @param failures steps in a row that failed before this one
   */
  Next run(String id, int failures);

  /** The last try failed; the job is forgotten after this. */
  void givenUp(String id, Throwable why);
}
