package dev.parley.documentsvc.library;

/**
 * How documents are cut.
 *
 * @param maxTokens longest passage, in tokens of the embedding model
 * @param overlapTokens tokens of whole sentences at the end of a passage that begin the next one
 */
public record ChunkSettings(int maxTokens, int overlapTokens) {
  /** What is used where nothing else was said. */
  public static final ChunkSettings DEFAULT = new ChunkSettings(200, 32);
}
