package dev.parley.documentsvc.library;

/** Removes what a hidden document left, store by store; may be run again. Thread-safe. */
public final class Removal {
  private final DocumentStore documents;
  private final PassageIndex index;
  private final Originals originals;

  /** Over the stores that hold parts of documents. */
  public Removal(DocumentStore documents, PassageIndex index, Originals originals) {
    this.documents = documents;
    this.index = index;
    this.originals = originals;
  }

  /** Removes passages from the index, the file, then the rows. Nothing when it is gone. */
  public void run(String documentId) {
    documents
        .hidden(documentId)
        .ifPresent(it -> {
          index.removeDocument(it.owner(), documentId);
          originals.remove(it.key());
          documents.remove(it);
        });
  }
}
