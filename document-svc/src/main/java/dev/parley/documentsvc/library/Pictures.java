package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;

/** Pictures of pages. Thread-safe. */
public final class Pictures {
  private final Copies copies;
  private final FileReader reader;

  /** Drawn by a reader from local copies. */
  public Pictures(Copies copies, FileReader reader) {
    this.copies = copies;
    this.reader = reader;
  }

  /**
   * A page, from 1, as a PNG. Fails with MEDIA_NOT_READY where a format has no pages, with
   * PAGE_NOT_FOUND.
   */
  public byte[] draw(Document document, int page, int width) {
    if (!document.format().isPaged()) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION,
          "MEDIA_NOT_READY",
          "a " + document.format() + " file has no pages to show; its sections have text");
    }
    try (Copies.Copy file = copies.open(document)) {
      return reader.picture(file.path(), page, width);
    }
  }
}
