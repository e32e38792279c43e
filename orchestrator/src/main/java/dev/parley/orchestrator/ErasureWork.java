package dev.parley.orchestrator;

import dev.parley.kit.jobs.Work;
import dev.parley.orchestrator.privacy.Erasing;

/** Erases one person; the id is the erasure's. Tried until it is done. */
record ErasureWork(Erasing erasing) implements Work {
  /** The kind of job. */
  static final String KIND = "erasure";

  @Override
  public Next run(String id, int failures) {
    erasing.run(id);
    return Next.DONE;
  }

  @Override
  public void givenUp(String id, Throwable why) {
    System.getLogger("parley.privacy")
        .log(System.Logger.Level.ERROR, "erasure " + id + " waits for the next start", why);
  }
}
