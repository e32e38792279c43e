package dev.parley.orchestrator.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands a session's events to the journal in batches, in order, off the session's thread. While the
 * journal is down events wait, the oldest are given up first.
 */
final class JournalWriter {
  private static final int MOST_WAITING = 4096;
  private final String sessionId;
  private final Parts parts;
  private final ReentrantLock lock = new ReentrantLock();
  private List<LoggedEvent> waiting = new ArrayList<>();
  private boolean writing;

  JournalWriter(String sessionId, Parts parts) {
    this.sessionId = sessionId;
    this.parts = parts;
  }

  void add(LoggedEvent event) {
    if (parts.journal().isEmpty()) {
      return;
    }
    lock.lock();
    try {
      if (waiting.size() == MOST_WAITING) {
        waiting.removeFirst();
      }
      waiting.add(event);
      if (!writing) {
        writing = true;
        parts.background().execute(this::write);
      }
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    for (List<LoggedEvent> batch = next(); !batch.isEmpty(); batch = next()) {
      try {
        parts.journal().get().append(sessionId, batch);
      } catch (RuntimeException down) {
        giveBack(batch);
        return;
      }
    }
  }

  private List<LoggedEvent> next() {
    lock.lock();
    try {
      List<LoggedEvent> batch = waiting;
      waiting = new ArrayList<>();
      writing = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** They go out with the next event that comes. */
  private void giveBack(List<LoggedEvent> batch) {
    lock.lock();
    try {
      waiting.addAll(0, batch);
      int tooMany = waiting.size() - MOST_WAITING;
      if (tooMany > 0) {
        waiting.subList(0, tooMany).clear();
      }
      writing = false;
    } finally {
      lock.unlock();
    }
  }
}
