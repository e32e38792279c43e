package dev.parley.documentsvc.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps what a file says while it is read, some pages at a time, and how far it is. */
final class PageIntake implements Consumer<Reading> {
  private static final int PAGES = 32;
  private static final int WARNINGS = 20;
  private static final long TICK_NANOS = 250_000_000;

  private final DocumentStore documents;
  private final PassageStore passages;
  private final Document document;
  private final List<Page> waiting = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Reading.Told told = new Reading.Told("", List.of(), Optional.empty(), Optional.empty());
  private int total;
  private int done;
  private long ticked = System.nanoTime();

  PageIntake(DocumentStore documents, PassageStore passages, Document document) {
    this.documents = documents;
    this.passages = passages;
    this.document = document;
  }

  @Override
  public void accept(Reading it) {
    switch (it) {
      case Reading.Opened opened -> {
        total = opened.total();
        documents.tick(document, 0, total);
      }
      case Reading.Told facts -> told = facts;
      case Reading.Warned warned -> warn(warned.what());
      case Reading.PageRead read -> page(read.page());
    }
  }

  private void warn(String what) {
    if (warnings.size() < WARNINGS && !warnings.contains(what)) {
      warnings.add(what);
    }
  }

  private void page(Page page) {
    waiting.add(page);
    if (waiting.size() >= PAGES || System.nanoTime() - ticked > TICK_NANOS) {
      flush();
    }
  }

  private void flush() {
    if (!waiting.isEmpty() && !passages.addPages(document.made(), waiting)) {
      throw Ingestion.gone(document);
    }
    done += waiting.size();
    waiting.clear();
    documents.tick(document, done, Math.max(total, done));
    ticked = System.nanoTime();
  }

  /** Nothing more comes. */
  void end() {
    flush();
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What the file says about itself; what a person has set stays. */
  Facts facts() {
    Facts old = document.facts();
    var edited = document.edited();
    return new Facts(
        edited.contains("title") ? old.title() : told.title(),
        edited.contains("authors") ? old.authors() : told.authors(),
        edited.contains("written_time") ? old.written() : told.written(),
        edited.contains("modified_time") ? old.modified() : told.modified(),
        document.format().isPaged() ? done : 0,
        0,
        old.language(),
        List.of());
  }
}
