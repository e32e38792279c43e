package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One process at a time, started when it is needed, kept while it is used and ended after. Those
 * who ask wait for one another in turn. Thread-safe.
 */
final class ReaderLane implements AutoCloseable {
  private final ReaderSettings settings;
  private final List<String> command;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile Optional<ReaderProcess> process = Optional.empty();
  private volatile boolean closed;

  ReaderLane(ReaderSettings settings, List<String> command) {
    this.settings = settings;
    this.command = command;
  }

  byte[] ask(Wire.Asked asked, Consumer<Reading> to) {
    turn.lock();
    try {
      return ready().ask(asked, to);
    } finally {
      if (process.isPresent() && !process.get().isReady()) {
        end();
      }
      turn.unlock();
    }
  }

  /** A process that is in the middle of an answer, or ended, gives way to a new one. */
  private ReaderProcess ready() {
    if (process.isEmpty() || !process.get().isReady()) {
      end();
      if (closed) {
        throw new IllegalStateException("closed");
      }
      process = Optional.of(ReaderProcess.start(settings, command));
    }
    return process.get();
  }

  boolean isFree() {
    return !turn.isLocked();
  }

  /** Ends what takes too long, and what nobody needs. */
  void check(long now) {
    process.ifPresent(it -> it.check(now));
    if (turn.tryLock()) {
      try {
        if (process.isPresent() && process.get().isIdle(now)) {
          end();
        }
      } finally {
        turn.unlock();
      }
    }
  }

  private void end() {
    process.ifPresent(ReaderProcess::close);
    process = Optional.empty();
  }

  Optional<Long> pid() {
    return process.map(ReaderProcess::pid);
  }

  @Override
  public void close() {
    closed = true;
    end();
  }
}
