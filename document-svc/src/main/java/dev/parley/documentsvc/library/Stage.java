package dev.parley.documentsvc.library;

/** A stage of ingestion, in order. */
public enum Stage {
  /** The file is kept. */
  STORED,
  /** Text and structure are read. */
  READING,
  /** Language, class and metadata are found. */
  DESCRIBING,
  /** Passages are cut. */
  CHUNKING,
  /** Passages are put into the index. */
  INDEXING,
  /** It can be searched. */
  READY,
  /** It ended with a reason. */
  FAILED;

  /** Whether nothing more happens. */
  public boolean isEnd() {
    return this == READY || this == FAILED;
  }

  /** The one after it. */
  public Stage next() {
    return isEnd() ? this : values()[ordinal() + 1];
  }
}
