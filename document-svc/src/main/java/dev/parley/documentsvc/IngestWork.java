package dev.parley.documentsvc;

import dev.parley.documentsvc.library.Ingestion;
import dev.parley.kit.jobs.Work;

/** Makes one revision of a document, a stage at a time; its id is {@code document:revision}. */
record IngestWork(Ingestion ingestion) implements Work {
  @Override
  public Next run(String id, int failures) {
    return ingestion.step(document(id), revision(id), failures) ? Next.AGAIN : Next.DONE;
  }

  @Override
  public void givenUp(String id, Throwable why) {
    ingestion.giveUp(document(id), revision(id), why);
  }

  private static String document(String id) {
    return id.substring(0, id.indexOf(':'));
  }

  private static int revision(String id) {
    return Integer.parseInt(id.substring(id.indexOf(':') + 1));
  }
}
