package dev.parley.documentsvc.library;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads files that may be anything, within bounds of memory and time. Thread-safe; blocks. Fails
 * with DOCUMENT_UNREADABLE, DOCUMENT_ENCRYPTED, DOCUMENT_HAS_NO_TEXT, TOO_LARGE or
 * DEADLINE_EXCEEDED, each with a message for people.
 */
public interface FileReader {
  /** Reads text and structure. What the consumer throws ends the reading and is thrown on. */
  void read(Path file, Format format, Consumer<Reading> to);

  /**
   * A picture of a page.
   *
   * @param page from 1
   * @param width in pixels
   * @return a PNG
   */
  byte[] picture(Path file, int page, int width);

  /** The language of a text, BCP 47; {@code und} where it is not certain. */
  String language(String text);
}
