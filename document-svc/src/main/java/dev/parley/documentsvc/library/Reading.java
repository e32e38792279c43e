package dev.parley.documentsvc.library;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a file says while it is read, in order. */
public sealed interface Reading {
  /**
   * How much there is.
   *
   * @param total pages; 0 when it is not known
   */
  record Opened(int total) implements Reading {}

  /** What the file says about itself; empty where it says nothing. */
  record Told(
      String title, List<String> authors, Optional<Instant> written, Optional<Instant> modified)
      implements Reading {}

  /** A page, in order. */
  record PageRead(Page page) implements Reading {}

  /** Something is missing, for people. */
  record Warned(String what) implements Reading {}
}
