package dev.parley.documentsvc;

import dev.parley.documentsvc.library.Removal;
import dev.parley.kit.jobs.Work;

/** Removes what a hidden document left; a start of the service tries again what was given up. */
record RemoveWork(Removal removal) implements Work {
  @Override
  public Next run(String id, int failures) {
    removal.run(id);
    return Next.DONE;
  }

  @Override
  public void givenUp(String id, Throwable why) {
    System.getLogger("parley.document")
        .log(System.Logger.Level.WARNING, "document " + id + " is hidden but not all removed", why);
  }
}
