package dev.parley.memorysvc.lucene;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;

/**
 * The writer of one folder; used by one thread. While nothing is put, segments are merged in the
 * background until few are left, since each is a graph of its own that every question walks: those
 * of less than {@value #SMALL_MB} MB become one or two, larger ones by tiers, so that a point is
 * copied a number of times that grows with the logarithm of all. What a merge made replaces what it
 * was made of in one commit; until then a crash leaves the index as it was.
 */
final class Writing {
  private static final int SMALL_MB = 128;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final MergePolicy BUSY = new TieredMergePolicy().setForceMergeDeletesPctAllowed(0);
  private static final MergePolicy IDLE =
      new TieredMergePolicy()
          .setForceMergeDeletesPctAllowed(0)
          .setSegmentsPerTier(2)
          .setFloorSegmentMB(SMALL_MB);

  private final Directory directory;
  private final Duration pause;
  private final AtomicBoolean closing = new AtomicBoolean();
  private Optional<IndexWriter> writer = Optional.empty();
  private State state = State.RESTLESS;

  /** Something was put and may want merging; merges run; all is merged. */
  private enum State {
    RESTLESS,
    MERGING,
    TIDY
  }

  private Writing(Directory directory, Duration pause) {
    this.directory = directory;
    this.pause = pause;
  }

  /**
   * Opens a folder.
   *
   * @param pause merging begins when nothing was put for so long
   */
  static Writing open(Directory directory, Duration pause) throws IOException {
    Writing writing = new Writing(directory, pause);
    writing.current();
    return writing;
  }

  /** Makes changes and commits them together. */
  void commit(List<Commits.Change> changes) throws IOException {
    IndexWriter current = current();
    current.getConfig().setMergePolicy(BUSY);
    for (Commits.Change change : changes) {
      change.apply(current);
    }
    current.commit();
    state = State.RESTLESS;
  }

  /** How long to wait for the next change before {@link #tidy}; empty while there is nothing to. */
  Optional<Duration> untilTidying() {
    return switch (state) {
      case RESTLESS -> Optional.of(pause);
      case MERGING -> Optional.of(LOOK_AGAIN);
      case TIDY -> Optional.empty();
    };
  }

  /** Begins merges in the background, or commits what they made; whether it did. */
  boolean tidy() throws IOException {
    IndexWriter current = current();
    if (state == State.RESTLESS) {
      current.getConfig().setMergePolicy(IDLE);
      current.maybeMerge();
      state = State.MERGING;
    }
    if (current.hasPendingMerges() || !current.getMergingSegments().isEmpty()) {
      return false;
    }
    state = State.TIDY;
    boolean merged = current.hasUncommittedChanges();
    if (merged) {
      current.commit();
    }
    return merged;
  }

  /** Ends; merges that run end soon, without a result. */
  void close() {
    closing.set(true);
    discard();
  }

  /** Back to the last commit; the next change opens a new writer on it. */
  void discard() {
    try {
      if (writer.isPresent()) {
        writer.get().rollback();
      }
    } catch (IOException | RuntimeException e) {
      // The writer is unusable either way.
    }
    writer = Optional.empty();
    state = State.TIDY;
  }

  private IndexWriter current() throws IOException {
    if (writer.isEmpty()) {
      writer = Optional.of(openWriter());
    }
    return writer.get();
  }

  private IndexWriter openWriter() throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
            .setCommitOnClose(false)
            .setCodec(new WideCodec(closing::get))
            .setMergeScheduler(new ConcurrentMergeScheduler())
            .setMergePolicy(BUSY);
    IndexWriter opened = new IndexWriter(directory, config);
    try {
      opened.commit(); // So that a new folder can be read.
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.rollback();
      throw e;
    }
  }
}
