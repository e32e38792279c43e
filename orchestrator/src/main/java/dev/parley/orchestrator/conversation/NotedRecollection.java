package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Memory whose turns are read by a model first. Nobody waits for that: {@link #remember} returns at
 * once, and what the model does not note in time, or notes badly, is remembered without notes.
 * Thread-safe.
 */
public final class NotedRecollection extends ForwardingRecollection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final int AT_ONCE = 2;
  private static final int MOST_WAITING = 64;
  private static final int MOST_SESSIONS = 1000;

  /** A session is summed up every so many turns. */
  static final int SUMMED_UP_EVERY = 8;

  /** What a session was about and what was said since. */
  private static final class Course {
    final List<Exchange> since = new ArrayList<>();
    String summary = "";
  }

  /** The thousand that were used last. */
  private static final class Latest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MOST_SESSIONS;
    }
  }

  private final NoteTaker taker;
  private final Retries retries = new Retries(Thread::startVirtualThread);
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final Set<Thread> reading = ConcurrentHashMap.newKeySet();
  private final Map<String, Course> courses = new Latest<>();

  /** Sessions that were forgotten lately: turns of theirs that are still read are dropped. */
  private final Set<String> forgotten = Collections.newSetFromMap(new Latest<>());

  private volatile boolean closed;

  /** Notes of that taker go with each turn into that memory. */
  public NotedRecollection(Recollection memory, NoteTaker taker) {
    super(memory);
    this.taker = taker;
  }

  @Override
  public void remember(TurnRecord turn, Optional<Notes> none, Duration deadline) {
    NoteTaker.Talk talk = talk(turn);
    if (closed || reading.size() >= MOST_WAITING) {
      memory.remember(turn, Optional.empty(), deadline);
      return;
    }
    Thread reader =
        Thread.ofVirtual().name("notes-" + turn.id()).unstarted(() -> read(talk, deadline));
    reading.add(reader);
    reader.start();
  }

  private void read(NoteTaker.Talk talk, Duration deadline) {
    Optional<Notes> notes = notes(talk);
    Thread.interrupted();
    notes.ifPresent(it -> summed(talk, it.summary()));
    retries.run(() -> {
      if (!isForgotten(talk.turn().sessionId())) {
        memory.remember(talk.turn(), notes, deadline);
      }
    });
    reading.remove(Thread.currentThread());
  }

  private Optional<Notes> notes(NoteTaker.Talk talk) {
    try {
      turns.acquire();
      try {
        return Optional.of(taker.take(talk, PATIENCE));
      } finally {
        turns.release();
      }
    } catch (InterruptedException | Failure without) {
      return Optional.empty();
    }
  }

  /** What is read of a turn; a summary is wanted when enough was said since the last one. */
  private synchronized NoteTaker.Talk talk(TurnRecord turn) {
    Course course = courses.computeIfAbsent(turn.sessionId(), _ -> new Course());
    course.since.add(new Exchange(turn.inputText(), turn.replyText()));
    boolean due = course.since.size() % SUMMED_UP_EVERY == 0;
    return new NoteTaker.Talk(turn, due ? course.since : List.of(), course.summary);
  }

  private synchronized void summed(NoteTaker.Talk talk, String summary) {
    Course course = courses.get(talk.turn().sessionId());
    if (course != null && !summary.isBlank()) {
      course.summary = summary;
      course.since.subList(0, Math.min(talk.since().size(), course.since.size())).clear();
    }
  }

  private synchronized boolean isForgotten(String sessionId) {
    return forgotten.contains(sessionId);
  }

  @Override
  public void forgetSession(Owner owner, String sessionId, Duration deadline) {
    synchronized (this) {
      courses.remove(sessionId);
      forgotten.add(sessionId);
    }
    super.forgetSession(owner, sessionId, deadline);
  }

  /** Turns whose notes are not ready are remembered without; waits a little until they are. */
  @Override
  public void close() {
    closed = true;
    long until = System.nanoTime() + FAREWELL.toNanos();
    for (Thread reader : reading) {
      reader.interrupt();
      try {
        reader.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
