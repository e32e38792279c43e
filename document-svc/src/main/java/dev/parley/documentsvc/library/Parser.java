package dev.parley.documentsvc.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads one format. Runs in a process of its own, for one file at a time. */
public interface Parser {
  /** Characters of one page; what is beyond is left out, with a warning. */
  int MAX_PAGE = 100_000;

  /** Reads a file. Fails with DOCUMENT_UNREADABLE and its like, or an exception of the library. */
  void parse(Path file, Consumer<Reading> to) throws IOException;
}
