package dev.parley.documentsvc.library;

/** Background work that survives a crash. */
public interface Queue {
  /** Makes a revision of a document, from the stage it is in. */
  void ingest(Document document);

  /** Removes what a hidden document left. */
  void remove(String documentId);
}
