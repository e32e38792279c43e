package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a revision of a document, stage by stage. Every stage may be begun again after a crash and
 * leaves the same; indexing goes on where it was. Thread-safe.
 */
public final class Ingestion {
  private static final Set<String> FINAL =
      Set.of("DOCUMENT_UNREADABLE", "DOCUMENT_ENCRYPTED", "DOCUMENT_HAS_NO_TEXT", "TOO_LARGE");
  private static final int PATIENCE_READING = 2;
  private static final int PAGES = 32;
  private static final int CHUNKS = 32;
  private static final int DROPPED = 1000;

  private final DocumentStore documents;
  private final PassageStore passages;
  private final CollectionStore collections;
  private final Copies copies;
  private final FileReader reader;
  private final Meanings meanings;
  private final PassageIndex index;

  /** Over stores, a reader, the embedding model and an index. */
  public Ingestion(
      DocumentStore documents,
      PassageStore passages,
      CollectionStore collections,
      Copies copies,
      FileReader reader,
      Meanings meanings,
      PassageIndex index) {
    this.documents = documents;
    this.passages = passages;
    this.collections = collections;
    this.copies = copies;
    this.reader = reader;
    this.meanings = meanings;
    this.index = index;
  }

  /**
   * Does the stage that is next. What it throws may pass and is worth another try.
   *
   * @param failures tries in a row that failed before
   * @return whether there is more to do
   */
  public boolean step(String documentId, int revision, int failures) {
    Optional<Document> found = documents.work(documentId).filter(it -> it.work() == revision);
    if (found.isEmpty() || found.get().progress().stage().isEnd()) {
      return false;
    }
    Document document = found.get();
    try {
      stage(document);
      return true;
    } catch (Failure e) {
      documents.attempted(document, failures + 1);
      boolean late = e.reason().equals("DEADLINE_EXCEEDED") && failures + 1 >= PATIENCE_READING;
      if (FINAL.contains(e.reason()) || late) {
        documents.fail(document, e.reason(), e.getMessage());
        return false;
      }
      throw e;
    }
  }

  /** Ends it when trying did not help. */
  public void giveUp(String documentId, int revision, Throwable why) {
    documents
        .work(documentId)
        .filter(it -> it.work() == revision && !it.progress().stage().isEnd())
        .ifPresent(it -> {
          boolean told = why instanceof Failure;
          documents.fail(
              it,
              told ? ((Failure) why).reason() : "INTERNAL",
              "it was tried many times: " + (told ? why.getMessage() : "a fault of the server"));
        });
  }

  private void stage(Document it) {
    switch (it.progress().stage()) {
      case STORED -> documents.advance(it, Stage.READING);
      case READING -> read(it);
      case DESCRIBING -> describe(it);
      case CHUNKING -> chunk(it);
      case INDEXING -> index(it);
      case READY, FAILED -> {}
    }
  }

  private void read(Document it) {
    passages.clearPages(it.made());
    var pages = new PageIntake(documents, passages, it);
    try (Copies.Copy file = copies.open(it)) {
      reader.read(file.path(), it.format(), pages);
    }
    pages.end();
    documents.describe(it, pages.facts(), it.label(), pages.warnings(), it.name());
    documents.advance(it, Stage.DESCRIBING);
  }

  private void describe(Document it) {
    var description = new Description();
    eachPages(it, pages -> pages.forEach(description::add));
    List<String> samples = description.samples();
    String language = reader.language(String.join("\n", samples));
    Facts told = it.facts();
    boolean kept = it.edited().contains("title");
    String title = kept ? told.title() : description.title(told.title());
    Facts facts =
        told.described(
            title,
            it.format().isPaged() ? description.pages() : 0,
            description.words(),
            it.edited().contains("language") ? told.language() : language,
            description.headings());
    List<DocumentClass> classes =
        collections
            .find(it.owner().organisationId(), it.collectionId())
            .map(Collection::classes)
            .orElse(List.of());
    Label label =
        it.edited().contains("classification")
            ? it.label()
            : new Classifier(meanings).classify(it.owner(), samples, classes);
    boolean named = it.edited().contains("display_name") || title.isEmpty();
    List<String> warnings = it.progress().warnings();
    documents.describe(it, facts, label, warnings, named ? it.name() : title);
    documents.advance(it, Stage.CHUNKING);
  }

  private void chunk(Document it) {
    passages.clearChunks(it.made());
    ChunkSettings settings =
        collections
            .find(it.owner().organisationId(), it.collectionId())
            .map(Collection::chunks)
            .orElse(ChunkSettings.DEFAULT);
    List<Chunk> ready = new ArrayList<>();
    var chunker = new Chunker(it.id(), settings, it.facts().language(), ready::add);
    int[] done = {0};
    eachPages(
        it,
        pages -> {
          List<int[]> tokens =
              meanings.tokenize(it.owner(), pages.stream().map(Page::text).toList());
          for (int i = 0; i < pages.size(); i++) {
            chunker.add(pages.get(i), tokens.get(i));
          }
          keep(it, ready);
          done[0] += pages.size();
          documents.tick(it, done[0], it.progress().total());
        });
    chunker.end();
    keep(it, ready);
    if (passages.countChunks(it.made()) == 0) {
      throw Failure.of(
          Failure.Code.INVALID_ARGUMENT, "DOCUMENT_HAS_NO_TEXT", "there is no text in the file");
    }
    documents.advance(it, Stage.INDEXING);
  }

  private void keep(Document it, List<Chunk> ready) {
    if (!ready.isEmpty() && !passages.addChunks(it.made(), List.copyOf(ready))) {
      throw gone(it);
    }
    ready.clear();
  }

  private void index(Document it) {
    int total = passages.countChunks(it.made());
    int done = Math.min(it.progress().done(), total);
    while (done < total) {
      List<Chunk> next = passages.chunks(it.made(), done, CHUNKS, 0);
      index.put(it, next);
      done += next.size();
      if (!documents.tick(it, done, total)) {
        if (documents.work(it.id()).isEmpty()) {
          index.removeDocument(it.owner(), it.id());
        }
        throw gone(it);
      }
    }
    documents.live(it, total);
    dropStale(it);
    documents.advance(it, Stage.READY);
  }

  private void dropStale(Document it) {
    List<String> stale = passages.stale(it.made(), DROPPED);
    while (!stale.isEmpty()) {
      index.remove(it.owner(), stale);
      passages.dropStale(it.made(), stale);
      stale = passages.stale(it.made(), DROPPED);
    }
    passages.dropOthers(it.made());
  }

  private void eachPages(Document it, java.util.function.Consumer<List<Page>> to) {
    List<Page> pages = passages.pages(it.made(), 1, PAGES);
    while (!pages.isEmpty()) {
      to.accept(pages);
      pages = passages.pages(it.made(), pages.getLast().number() + 1, PAGES);
    }
  }

  /** Removed, or made anew, while it was worked on: the next step sees that and ends. */
  static Failure gone(Document it) {
    return Failure.of(
        Failure.Code.ABORTED, "VERSION_CONFLICT", "document " + it.id() + " changed meanwhile");
  }
}
