package dev.parley.documentsvc.library;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known about a document.
 *
 * @param pageCount physical pages; 0 for formats without pages
 * @param language BCP 47; {@code und} where it is not certain
 * @param headings the first {@value #HEADINGS}, in order
 */
public record Facts(
    String title,
    List<String> authors,
    Optional<Instant> written,
    Optional<Instant> modified,
    int pageCount,
    int wordCount,
    String language,
    List<Heading> headings) {
  /** Headings that are kept with a document. */
  public static final int HEADINGS = 500;

  /** Of a file that was not read yet. */
  public static final Facts NONE =
      new Facts("", List.of(), Optional.empty(), Optional.empty(), 0, 0, "und", List.of());

  /** The same with counts, language and headings as they were found in the text. */
  public Facts described(
      String otherTitle, int pages, int words, String found, List<Heading> heads) {
    return new Facts(otherTitle, authors, written, modified, pages, words, found, heads);
  }
}
