package dev.parley.documentsvc.library;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pages and passages of documents, by revision. Thread-safe; fails with STORE_FAILED. */
public interface PassageStore {
  /** A passage with the document it is a live passage of. */
  record Placed(Document document, Chunk chunk) {}

  /** Removes the pages of a revision, then those of it may be added. */
  void clearPages(String documentId, int revision);

  /** Adds pages; false when the document is gone or makes another revision by now. */
  boolean addPages(String documentId, int revision, List<Page> pages);

  /** So many pages from a number on. */
  List<Page> pages(String documentId, int revision, int from, int limit);

  /** One page. */
  Optional<Page> page(String documentId, int revision, int number);

  /** Removes the passages of a revision. */
  void clearChunks(String documentId, int revision);

  /** Adds passages; false when the document is gone or makes another revision by now. */
  boolean addChunks(String documentId, int revision, List<Chunk> chunks);

  /**
   * So many passages from a position on.
   *
   * @param page only those that touch it; 0 means any
   */
  List<Chunk> chunks(String documentId, int revision, int from, int limit, int page);

  /** How many passages a revision has. */
  int countChunks(String documentId, int revision);

  /** Passages by id that are live and fit; those that are not are left out. */
  Map<String, Placed> live(String organisation, Filter filter, Set<String> chunkIds);

  /** Ids of passages of other revisions that this one does not have; at most so many. */
  List<String> stale(String documentId, int revision, int limit);

  /** Removes these passages of other revisions. */
  void dropStale(String documentId, int revision, List<String> chunkIds);

  /** Removes pages and passages of all other revisions. */
  void dropOthers(String documentId, int revision);
}
