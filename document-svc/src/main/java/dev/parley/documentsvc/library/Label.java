package dev.parley.documentsvc.library;

/**
 * The class of a document.
 *
 * @param name one of its collection's classes; empty when none fits
 * @param confidence 0 to 1; 1 when a person said so
 */
public record Label(String name, double confidence) {
  /** None fits. */
  public static final Label NONE = new Label("", 0);
}
