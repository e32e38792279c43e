package dev.parley.documentsvc.library;

import java.time.Instant;
import java.util.List;

/** A set of documents that characters subscribe to. */
public record Collection(
    String id,
    String name,
    ChunkSettings chunks,
    List<DocumentClass> classes,
    int documentCount,
    Instant createTime) {
  /** The collection of documents for which none was named. */
  public static final String DEFAULT = "default";
}
