package dev.parley.documentsvc.library;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.List;

/** Passages found by meaning and by words. Thread-safe; fails with UNAVAILABLE. */
public interface PassageIndex {
  /** How to look. */
  enum Mode {
    /** Both, fused. */
    HYBRID,
    /** By meaning. */
    DENSE,
    /** By words. */
    LEXICAL
  }

  /**
   * A passage that was found. A rank counts from 1 and is 0 where it was not found that way.
   *
   * @param cosine -1 to 1
   */
  record Hit(String chunkId, double cosine, int denseRank, double bm25, int lexicalRank) {}

  /**
   * What was found.
   *
   * @param hits best first
   * @param leftOut {@code dense} or {@code lexical} when it did not answer in time
   */
  record Found(List<Hit> hits, List<String> leftOut) {}

  /** Puts passages of a document; those that are there are replaced. On disk when it returns. */
  void put(Document document, List<Chunk> chunks);

  /** Removes passages. */
  void remove(Owner owner, List<String> chunkIds);

  /** Removes all passages of a document. */
  void removeDocument(Owner owner, String documentId);

  /**
   * The nearest passages.
   *
   * @param documents only of these; empty means any
   */
  Found query(
      Owner owner,
      String text,
      Mode mode,
      Filter filter,
      List<String> documents,
      int limit,
      Duration deadline);
}
