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
  void clearPages(Revision of);

  /** Adds pages; false when the document is gone or makes another revision by now. */
  boolean addPages(Revision of, List<Page> pages);

  /** So many pages from a number on. */
  List<Page> pages(Revision of, int from, int limit);

  /** One page. */
  Optional<Page> page(Revision of, int number);

  /** Removes the passages of a revision. */
  void clearChunks(Revision of);

  /** Adds passages; false when the document is gone or makes another revision by now. */
  boolean addChunks(Revision of, List<Chunk> chunks);

  /**
   * So many passages from a position on.
   *
   * @param page only those that touch it; 0 means any
   */
  List<Chunk> chunks(Revision of, int from, int limit, int page);

  /** How many passages a revision has. */
  int countChunks(Revision of);

  /** Passages by id that are live and fit; those that are not are left out. */
  Map<String, Placed> live(String organisation, Filter filter, Set<String> chunkIds);

  /** Ids of passages of other revisions that this one does not have; at most so many. */
  List<String> stale(Revision of, int limit);

  /** Removes these passages of other revisions. */
  void dropStale(Revision of, List<String> chunkIds);

  /** Removes pages and passages of all other revisions. */
  void dropOthers(Revision of);
}
