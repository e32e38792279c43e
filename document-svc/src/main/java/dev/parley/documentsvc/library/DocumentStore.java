package dev.parley.documentsvc.library;

import java.util.List;
import java.util.Optional;

/**
 * Documents and how far they are. Thread-safe; what was acknowledged survives a crash. Fails with
 * STORE_FAILED. Changes of a revision that is not made any more do nothing.
 */
public interface DocumentStore {
  /** Which documents, newest first, older than one that was seen. */
  record Query(
      String organisation, Filter filter, Optional<Stage> stage, String nameContains, int size) {}

  /** Some documents and a token for the next ones; empty at the end. */
  record Slice(List<Document> documents, String nextToken) {}

  /** Keeps a new one; answers with the one that is there when the collection has that content. */
  Document insert(Document document);

  /** One of an organisation. */
  Optional<Document> find(String organisation, String id);

  /** The one of a collection with that content. */
  Optional<Document> withContent(String organisation, String collection, String sha256);

  /** One of any organisation, for background work; empty when it is being removed. */
  Optional<Document> work(String id);

  /** Those whose newest revision is neither ready nor failed, of any organisation. */
  List<Document> unfinished();

  /** Some documents, newest first. */
  Slice list(Query query, String token);

  /** Ids of documents that fit, at most so many. */
  List<String> ids(String organisation, Filter filter, int limit);

  /** Changes what people may change; empty when the version is another one. */
  Optional<Document> update(Document changed);

  /** Hides one that is to be removed; false when there is none. */
  boolean hide(String organisation, String id);

  /** A hidden one; empty when it is gone or not hidden. */
  Optional<Document> hidden(String id);

  /** Ids of all hidden ones. */
  List<String> allHidden();

  /** Removes a hidden one with its pages and passages. */
  void remove(Document hidden);

  /** Begins a new revision, which then is made. */
  Optional<Document> renew(String organisation, String id);

  /** How far the stage is. */
  boolean tick(Document of, int done, int total);

  /** Goes on to a stage. */
  void advance(Document of, Stage to);

  /** Says that a try of the stage failed. */
  void attempted(Document of, int attempts);

  /** Ends it with a reason; what was live stays live. */
  void fail(Document of, String reason, String message);

  /** Keeps what was found about it, and what is missing. */
  void describe(Document of, Facts facts, Label label, List<String> warnings, String name);

  /** Makes the revision the one that is searched. */
  void live(Document of, int chunkCount);
}
