package dev.parley.memorysvc.lucene;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * One folder's writer and readers. One platform thread makes all changes: it takes those that wait,
 * commits them together, shows them to the readers and acknowledges them. A caller that is
 * interrupted so never interrupts Lucene in its files, which would close the writer. After a
 * failure, a full disk for one, the writer goes back to the last commit and is opened anew. While
 * nothing is put, it merges.
 */
final class Commits implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("parley.memory");

  private final Directory directory;
  private final SearcherManager searchers;
  private final Waiting waiting = new Waiting();
  private final Thread thread;
  private final Writing writing;
  private volatile boolean healthy = true;
  private volatile boolean closed;

  /** A change to the index. */
  interface Change {
    void apply(IndexWriter writer) throws IOException;
  }

  /** A question to the index as last committed. */
  interface Search<T> {
    T run(IndexSearcher searcher) throws IOException;
  }

  private Commits(Directory directory, Duration pause) throws IOException {
    this.directory = directory;
    this.writing = Writing.open(directory, pause);
    try {
      this.searchers = new SearcherManager(directory, null);
    } catch (IOException | RuntimeException e) {
      writing.discard();
      throw e;
    }
    this.thread = Thread.ofPlatform().name("vectors").daemon().start(this::run);
  }

  /**
   * Opens a folder; of a damaged index what is whole is kept and the rest put aside.
   *
   * @param pause segments are merged when nothing was put for so long
   */
  static Commits open(Path folder, Duration pause) {
    try {
      Files.createDirectories(folder);
      Rescue.ifNeeded(folder);
      return new Commits(FSDirectory.open(folder), pause);
    } catch (LockObtainFailedException e) {
      throw failure("vector index " + folder + " is in use by another process", e);
    } catch (IOException e) {
      throw failure("vector index " + folder + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Returns when the change is on disk. */
  void change(Change change) {
    if (closed) {
      throw failure("vector index is closed", null);
    }
    try {
      waiting.add(Optional.of(change)).join();
    } catch (CompletionException e) {
      throw failure("vector index cannot be written: " + e.getCause().getMessage(), e.getCause());
    }
  }

  <T> T search(Search<T> search) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        // One of its own: a time limit is the searcher's.
        return search.run(new IndexSearcher(searcher.getIndexReader()));
      } finally {
        searchers.release(searcher);
      }
    } catch (AlreadyClosedException | IOException e) {
      throw failure("vector index cannot be read: " + e.getMessage(), e);
    }
  }

  /** Copies the files of the last commit; no change is made meanwhile. */
  void copyTo(Path folder) {
    change(writer -> {
      writer.commit();
      Files.createDirectories(folder);
      try (Directory copy = FSDirectory.open(folder)) {
        for (String file : SegmentInfos.readLatestCommit(directory).files(true)) {
          copy.copyFrom(directory, file, file, IOContext.DEFAULT);
        }
        copy.sync(List.of(copy.listAll()));
        copy.syncMetaData();
      }
    });
  }

  boolean isHealthy() {
    return healthy && !closed;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.add(Optional.empty()).join();
  }

  private void run() {
    boolean open = true;
    while (open) {
      List<Waiting.Pending> batch = waiting.next(writing.untilTidying());
      if (batch.isEmpty()) {
        tidy();
        continue;
      }
      List<Waiting.Pending> changes = batch.stream().filter(p -> p.change().isPresent()).toList();
      if (!changes.isEmpty()) {
        commit(changes);
      }
      if (changes.size() < batch.size()) {
        open = false;
        closeFiles();
        batch.forEach(p -> p.done().complete(true));
      }
    }
  }

  private void commit(List<Waiting.Pending> changes) {
    try {
      writing.commit(changes.stream().map(p -> p.change().orElseThrow()).toList());
      searchers.maybeRefreshBlocking();
      healthy = true;
      changes.forEach(p -> p.done().complete(true));
    } catch (IOException | RuntimeException e) {
      healthy = false;
      writing.discard();
      changes.forEach(p -> p.done().completeExceptionally(e));
    }
  }

  /** What cannot be merged stays as it is, and is tried again after the next change. */
  private void tidy() {
    try {
      if (writing.tidy()) {
        searchers.maybeRefreshBlocking();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "vectors could not be merged", e);
      writing.discard();
    }
  }

  private void closeFiles() {
    try (directory;
        searchers) {
      writing.close();
    } catch (IOException e) {
      throw failure("vector index cannot be closed: " + e.getMessage(), e);
    }
  }

  private static Failure failure(String message, Throwable cause) {
    return Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", message).causedBy(cause);
  }
}
