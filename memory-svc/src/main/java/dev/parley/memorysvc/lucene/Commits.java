package dev.parley.memorysvc.lucene;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
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
 * failure, a full disk for one, the writer goes back to the last commit and is opened anew.
 */
final class Commits implements AutoCloseable {
  private final Directory directory;
  private final SearcherManager searchers;
  private final LinkedBlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private Optional<IndexWriter> writer;
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

  private record Pending(Optional<Change> change, CompletableFuture<Boolean> done) {}

  private Commits(Directory directory) throws IOException {
    this.directory = directory;
    this.writer = Optional.of(openWriter());
    try {
      this.searchers = new SearcherManager(directory, null);
    } catch (IOException | RuntimeException e) {
      discard();
      throw e;
    }
    this.thread = Thread.ofPlatform().name("vectors").daemon().start(this::run);
  }

  /** Opens a folder; of a damaged index what is whole is kept and the rest put aside. */
  static Commits open(Path folder) {
    try {
      Files.createDirectories(folder);
      Rescue.ifNeeded(folder);
      return new Commits(FSDirectory.open(folder));
    } catch (LockObtainFailedException e) {
      throw failure("vector index " + folder + " is in use by another process", e);
    } catch (IOException e) {
      throw failure("vector index " + folder + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Returns when the change is on disk. */
  void change(Change change) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    if (closed) {
      throw failure("vector index is closed", null);
    }
    waiting.add(new Pending(Optional.of(change), done));
    try {
      done.join();
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
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    waiting.add(new Pending(Optional.empty(), done));
    done.join();
  }

  private void run() {
    boolean open = true;
    while (open) {
      List<Pending> batch = new ArrayList<>();
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        continue; // Nobody has a reason to interrupt this thread; close() ends it.
      }
      waiting.drainTo(batch);
      List<Pending> changes = batch.stream().filter(p -> p.change().isPresent()).toList();
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

  private void commit(List<Pending> changes) {
    try {
      IndexWriter current = writer.isPresent() ? writer.get() : openWriter();
      writer = Optional.of(current);
      for (Pending pending : changes) {
        pending.change().get().apply(current);
      }
      current.commit();
      searchers.maybeRefreshBlocking();
      healthy = true;
      changes.forEach(p -> p.done().complete(true));
    } catch (IOException | RuntimeException e) {
      healthy = false;
      discard();
      changes.forEach(p -> p.done().completeExceptionally(e));
    }
  }

  private IndexWriter openWriter() throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
            .setCommitOnClose(false)
            .setCodec(new WideCodec())
            .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0));
    IndexWriter opened = new IndexWriter(directory, config);
    try {
      opened.commit(); // So that a new folder can be read.
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.rollback();
      throw e;
    }
  }

  private void discard() {
    try {
      if (writer.isPresent()) {
        writer.get().rollback();
      }
    } catch (IOException | RuntimeException e) {
      // The writer is unusable either way; the next change opens a new one on the last commit.
    }
    writer = Optional.empty();
  }

  private void closeFiles() {
    try (directory;
        searchers) {
      discard();
    } catch (IOException e) {
      throw failure("vector index cannot be closed: " + e.getMessage(), e);
    }
  }

  private static Failure failure(String message, Throwable cause) {
    return Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", message).causedBy(cause);
  }
}
